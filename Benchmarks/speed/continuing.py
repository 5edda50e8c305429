"""`clara continue` as a whole process, by Benchmarks/continue.py."""

from .medians import median
from .report import Row, amount
from .session import Job


class Continuing:
    name = "continuing"
    peer_modules = []
    scouting_seconds = 0
    round_seconds = 3

    def __init__(self, options):
        pass

    def scouts(self):
        return []

    def jobs(self, results, is_first):
        return [Job("continuing, Clara", "continue", ["--json", "3"], 2)]

    def rows(self, results):
        runs = results["continuing, Clara"]
        return [
            Row("continuing", "clara continue, 8 bars in 4 takes",
                amount(1000 * median(runs, "seconds"), "ms"), "",
                None, note="the whole process: "
                + amount(median(runs, "millisecondsToFirstToken"), "ms to the first token, ")
                + amount(median(runs, "megabytes"), "MB of memory"))]
