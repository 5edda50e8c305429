"""The Transformer of about 5 M weights, and what a token costs as a piece grows."""

import statistics

from .medians import median, ratio
from .report import Row, amount
from .session import Job
from .training import KEEPING_MEMORY


class Transformer:
    name = "transformer"
    peer_modules = ["torch"]
    scouting_seconds = 0
    round_seconds = 60

    def __init__(self, options):
        self.seconds = 4 if options.quick else 6
        self.runs = 1 if options.quick else 2
        self.compile = ["--compile"] if options.compile else []

    def scouts(self):
        return []

    def jobs(self, results, is_first):
        return [
            Job("Transformer training, Clara", "clara",
                ["transformer-train", "--seconds", self.seconds], 10),
            Job("Transformer training, PyTorch", "peer",
                ["torch_transformer.py", "--only", "train", "--runs", self.runs, *self.compile],
                25, KEEPING_MEMORY),
            Job("Transformer generating, Clara", "clara",
                ["transformer-generate", "--seconds", 2], 4),
            Job("Transformer generating, PyTorch", "peer",
                ["torch_transformer.py", "--only", "generate", "--runs", self.runs], 12),
        ]

    def rows(self, results):
        def against(what, key, title, bar, aim):
            clara = results[f"Transformer {what}, Clara"]
            peer = [fastest(run, what) for run in results[f"Transformer {what}, PyTorch"]]
            return Row(
                key, title, amount(median(clara, "tokensPerSecond"), "tokens/s"),
                amount(median(peer, "tokensPerSecond"), "tokens/s"),
                ratio(clara, peer, "tokensPerSecond"), bar, aim,
                note=f"PyTorch's best: {peer[0]['setting']}")

        return [
            against("training", "transformerTrainingRatio", "Transformer, training", 1.0, 1.3),
            against("generating", "transformerGeneratingRatio",
                    "Transformer, generating, 1 stream", 5, 10),
        ]


def fastest(run, what):
    """The fastest of the variants that the peer's script times in each run."""
    if what == "training":
        rates = run["train_tokens_per_s"]
    else:
        rates = {name: each["1"] for name, each in run["generate_tokens_per_s"].items()}
    setting = max(rates, key=rates.get)
    return {"tokensPerSecond": rates[setting], "setting": setting}


class Length:
    name = "length"
    peer_modules = []
    scouting_seconds = 0
    round_seconds = 40

    def __init__(self, options):
        self.tokens = 16_384 if options.quick else 65_536

    def scouts(self):
        return []

    def jobs(self, results, is_first):
        return [
            Job(f"length, {network}", "clara",
                ["length", "--kind", network, "--tokens", self.tokens], 25)
            for network in ["lstm", "transformer"]]

    def rows(self, results):
        return [
            self._row(results["length, lstm"], "lstm", "LSTM"),
            self._row(results["length, transformer"], "transformer", "windowed Transformer"),
        ]

    def _row(self, runs, key, title):
        first, last = (
            1e6 * statistics.median(run["secondsPerToken"][place] for run in runs)
            for place in [0, -1])
        return Row(
            f"{key}LengthFlatnessRatio",
            f"cost of a token, 1 k to {self.tokens // 1024} k tokens, {title}",
            f"{first:.1f} to {last:.1f} µs", "", median(runs, "dearestOverCheapest"), 1.05,
            smaller_is_better=True, unit="%")
