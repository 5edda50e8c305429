#!/usr/bin/env python3
"""Times `clara continue` as a whole process: 8 bars in 4 takes with the bundled model.

Prints the median of several runs after a warm-up: seconds from start to end, milliseconds from start
to the first token (all but generating and writing), and the peak memory. CLARA names the program; else it
is .build/release/clara. Needs Python 3, nothing else.

    Benchmarks/continue.py [--json] [RUNS]
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from program import ROOT, Clara, Trouble

try:
    clara = Clara()
except Trouble as trouble:
    sys.exit(f"Benchmarks/continue.py: {trouble}")
command = [
    clara.path, "continue", ROOT / "Examples/waltz-in-a-minor.mid",
    "--bars", "8", "--takes", "4", "--seed", "1", "--json",
]


def run(folder):
    start = time.perf_counter()
    process = subprocess.Popen([*command, "-o", folder], stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit("clara failed")
    timing = json.loads(output)["timing"]
    first_token = seconds - timing["generate"] - timing["write"]
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds, 1000 * first_token, kilobytes / 1024


arguments = sys.argv[1:]
as_json = "--json" in arguments
if as_json:
    arguments.remove("--json")
runs = int(arguments[0]) if arguments else 9
with tempfile.TemporaryDirectory() as folder:
    run(folder)
    figures = list(zip(*(run(folder) for _ in range(runs))))
if as_json:
    keys = ["seconds", "millisecondsToFirstToken", "megabytes"]
    print(json.dumps({key: statistics.median(values) for key, values in zip(keys, figures)}))
    sys.exit()
names = ["seconds in all", "ms to the first token", "MB of memory at most"]
for name, values in zip(names, figures):
    print(f"{name:22} {statistics.median(values):8.3f}   ({min(values):.3f}–{max(values):.3f})")
