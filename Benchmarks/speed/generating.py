"""Generating with Clara's own network, sampling included: tokens a second of all streams together."""

from .medians import median, ratio
from .report import Row, amount
from .scouting import best, described, flags
from .session import Job


class Generating:
    name = "generating"
    peer_modules = ["torch"]
    scouting_seconds = 75
    round_seconds = 45

    #: Streams and precision of what PyTorch runs.
    PEERS = [(1, "float32"), (1, "int8"), (16, "int8")]

    def __init__(self, options):
        self.seconds = 1 if options.quick else 2
        self.compile = ["--compile"] if options.compile else []

    def scouts(self):
        return [
            Job(f"generating, all of PyTorch's settings, {named(case)}", "peer",
                ["torch_lstm.py", "generate", "--scout", "--seconds", 0.3, *peers(case),
                 *self.compile], 25)
            for case in self.PEERS]

    def jobs(self, results, is_first):
        jobs = []
        for streams, precision in [(1, "float32"), (1, "int8"), (16, "int8")]:
            case = (streams, precision)
            jobs.append(
                Job(f"generating, Clara, {named(case)}", "clara",
                    ["generate", "--streams", streams, "--precision", precision, "--seconds",
                     self.seconds], self.seconds + 1))
            scouted = results[f"generating, all of PyTorch's settings, {named(case)}"][0]
            jobs.append(self._peer("PyTorch", case, best(scouted)))
            if precision == "int8":
                as_it_comes = best(scouted, lambda setting: setting["form"] == "modules")
                jobs.append(self._peer("nn.LSTM", case, as_it_comes))
        return jobs

    def _peer(self, who, case, setting):
        return Job(
            f"generating, {who}, {named(case)}", "peer",
            ["torch_lstm.py", "generate", "--seconds", self.seconds, *peers(case),
             *flags(setting)], self.seconds + 5)

    def rows(self, results):
        def runs(who, *case):
            return results[f"generating, {who}, {named(case)}"]

        one, sixteen = runs("Clara", 1, "int8"), runs("Clara", 16, "int8")

        def row(key, title, clara, peer, *levels):
            return Row(
                key, title, amount(median(clara, "tokensPerSecond"), "tokens/s"),
                amount(median(peer, "tokensPerSecond"), "tokens/s"),
                ratio(clara, peer, "tokensPerSecond"), *levels,
                note="PyTorch's best: " + described(peer[0]["setting"]))

        return [
            row("generatingOneStreamFloat32Ratio", "generating, 1 stream (int8), over float32",
                one, runs("PyTorch", 1, "float32"), 12, 20),
            row("generatingOneStreamInt8Ratio", "generating, 1 stream, over int8",
                one, runs("PyTorch", 1, "int8"), 4, 7),
            row("generatingSixteenStreamsInt8Ratio", "generating, 16 streams, over int8",
                sixteen, runs("PyTorch", 16, "int8"), 3, 5),
            row("generatingOneStreamInt8ModulesRatio", "  1 stream, over int8 nn.LSTM as it comes",
                one, runs("nn.LSTM", 1, "int8")),
            row("generatingSixteenStreamsInt8ModulesRatio",
                "  16 streams, over int8 nn.LSTM as it comes",
                sixteen, runs("nn.LSTM", 16, "int8")),
            row("generatingOneStreamBothFloat32Ratio", "  1 stream, float32 over float32",
                runs("Clara", 1, "float32"), runs("PyTorch", 1, "float32")),
        ]


def named(case):
    streams, precision = case
    return f"{streams} stream{'' if streams == 1 else 's'}, {precision}"


def peers(case):
    streams, precision = case
    return ["--streams", streams, "--weights", precision]
