"""Training Clara's own network: speed, share of the machine's rate, memory, regularisation."""

import statistics

from .medians import median, ratio
from .report import Row, amount
from .scouting import best, described, flags
from .session import Job

# glibc returns large blocks to the system and gets them back zeroed, step after step; PyTorch trains
# some 5 % faster where it keeps them, and needs a quarter more memory. It gets both: this for its
# speed, and the system's own way where its memory is measured.
KEEPING_MEMORY = {
    "MALLOC_TOP_PAD_": str(1 << 30), "MALLOC_MMAP_THRESHOLD_": str(1 << 32),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 32),
}


class Training:
    name = "training"
    peer_modules = ["torch"]
    scouting_seconds = 90
    round_seconds = 35

    def __init__(self, options):
        self.seconds = 4 if options.quick else 6

    def scouts(self):
        return [
            Job("training, all of PyTorch's settings", "peer",
                ["torch_lstm.py", "train", "--scout", "--seconds", 0], 90, KEEPING_MEMORY)]

    def jobs(self, results, is_first):
        setting = best(results["training, all of PyTorch's settings"][0])
        jobs = [
            Job("training, Clara", "clara", ["train", "--seconds", self.seconds], 12),
            Job("sgemm", "clara", ["sgemm"], 3),
            Job("training, PyTorch", "peer",
                ["torch_lstm.py", "train", "--seconds", self.seconds, *flags(setting)], 14,
                KEEPING_MEMORY)]
        if is_first:
            jobs.append(
                Job("training, PyTorch's memory", "peer",
                    ["torch_lstm.py", "train", "--seconds", self.seconds, *flags(setting)], 14))
        return jobs

    def rows(self, results):
        clara, peer = results["training, Clara"], results["training, PyTorch"]
        sgemm, leanest = results["sgemm"], results["training, PyTorch's memory"]
        rates = [
            1e-9 * run["tokensPerSecond"] * run["trainingFlopsPerToken"] for run in clara]
        machine = median(sgemm, "gigaflopsPerSecond")
        bytes = median(clara, "peakBytes"), median(leanest, "peakBytes")
        return [
            Row("trainingTokensPerSecondRatio", "training",
                amount(median(clara, "tokensPerSecond"), "tokens/s"),
                amount(median(peer, "tokensPerSecond"), "tokens/s"),
                ratio(clara, peer, "tokensPerSecond"), 1.25, 1.5,
                note="PyTorch's best in training: " + described(peer[0]["setting"])),
            Row("trainingSgemmShareRatio", "share of the sgemm rate in training",
                amount(statistics.median(rates), "GFLOP/s"), f"of {amount(machine, 'GFLOP/s')}",
                statistics.median(
                    rate / run["gigaflopsPerSecond"] for rate, run in zip(rates, sgemm)),
                0.8, 0.9, unit="%"),
            Row("trainingPeakMemoryRatio", "peak memory in training",
                amount(bytes[0] / 1e6, "MB"), amount(bytes[1] / 1e6, "MB"), bytes[0] / bytes[1],
                0.6, 0.4, smaller_is_better=True),
        ]


class Regularisation:
    name = "regularisation"
    peer_modules = []
    scouting_seconds = 0
    round_seconds = 20

    def __init__(self, options):
        self.seconds = 8 if options.quick else 15

    def scouts(self):
        return []

    def jobs(self, results, is_first):
        return [
            Job("regularisation, Clara", "clara",
                ["train", "--regularised", "--seconds", self.seconds], self.seconds + 5)]

    def rows(self, results):
        runs = results["regularisation, Clara"]
        plain, regularised = (
            amount(median(runs, key), "tokens/s")
            for key in ["plainTokensPerSecond", "tokensPerSecond"])
        return [
            Row("regularisationCostRatio", "full AWD-LSTM regularisation, time over plain",
                f"{regularised} of {plain}", "", median(runs, "timeOverPlain"), 1.10, 1.05,
                smaller_is_better=True, unit="%")]
