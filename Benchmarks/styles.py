#!/usr/bin/env python3
"""Whether takes in a composer's style are taken for the composer's.

    Benchmarks/styles.py [--takes 20] [--bars 16] [chopin schumann …]

Composes takes from nothing, told each composer as a style (default: all that the classifier knows), and as many
told none, with the same seeds, and asks `clara identify` about each. Prints how often, and with what mean
probability, the classifier finds the composer in the one and in the other: what the style brought about.

The classifier has read the same music as the voice, and listens to its habits: this says that a style is heeded,
not that it is a composer's. CLARA names the program; else it is .build/release/clara. Needs Python 3.10 or newer,
nothing else.
"""

import argparse
import concurrent.futures
import json
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True

from program import ROOT, Clara, Trouble, say

# Of so many that the classifier holds likeliest the composer is one.
FIRST = 3


def arguments():
    summary, details = __doc__.split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=summary, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("composers", nargs="*", metavar="COMPOSER")
    parser.add_argument("--model", default="piano", help="a voice with styles; default: piano")
    parser.add_argument("--classifier", default="composer", help="default: composer")
    parser.add_argument("--takes", type=int, default=20, metavar="N", help="a composer; default: 20")
    parser.add_argument("--bars", type=int, default=16, metavar="N", help="default: 16")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if options.bars < 4 or options.takes < 1:
        parser.error("it takes a take of 4 bars")
    return options


def verdict(clara, options, piece):
    """Each composer's probability, the likeliest first."""
    told = json.loads(clara.output("identify", piece, "--classifier", options.classifier, "--json"))
    return {composer["name"]: composer["probability"] for composer in told["composers"]}


def verdicts(clara, options, style):
    """Of takes in a style, or in none."""
    say(f"Composing in the style of {style} …" if style else "Composing in no style …")
    told = ["--style", style] if style else []
    with tempfile.TemporaryDirectory() as folder:
        made = json.loads(clara.output(
            "compose", "--model", options.model, "--takes", options.takes, "--bars", options.bars,
            "--seed", 1, "-o", folder, "--json", *told))
        return [verdict(clara, options, take["file"]) for take in made["takes"]]


def found(composer, verdicts):
    """How often, and how surely, it is the composer."""
    places = [list(ranking).index(composer) for ranking in verdicts]
    return {
        "first": statistics.mean(place == 0 for place in places),
        "amongFirst": statistics.mean(place < FIRST for place in places),
        "probability": statistics.mean(ranking[composer] for ranking in verdicts),
    }


def measured(clara, options):
    known = sorted(verdict(clara, options, ROOT / "Examples" / "waltz-in-a-minor.mid"))
    composers = options.composers or known
    for composer in composers:
        if composer not in known:
            raise Trouble(f"{options.classifier} does not know {composer}; it knows {', '.join(known)}")
    plain = verdicts(clara, options, None)
    # Takes are written by all cores, and identified by one.
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        of_styles = list(pool.map(lambda composer: verdicts(clara, options, composer), composers))
    return [
        {"composer": composer, "told": found(composer, told), "untold": found(composer, plain)}
        for composer, told in zip(composers, of_styles)]


def row(name, told, untold):
    def cells(figures):
        return (f"{100 * figures['first']:9.0f} % {100 * figures['amongFirst']:9.0f} % "
                f"{100 * figures['probability']:10.1f} %")
    return f"{name:16}{cells(told)}   {cells(untold)}"


def mean(rows, side):
    return {key: statistics.mean(row[side][key] for row in rows) for key in rows[0][side]}


def main():
    options = arguments()
    rows = measured(Clara(), options)
    if options.json:
        print(json.dumps({"takes": options.takes, "bars": options.bars, "composers": rows}, indent=2))
        return
    print(f"{'':16}{'told the style':>34}   {'told none':>34}")
    columns = f"{'first':>11}{'of three':>11}{'probability':>12}"
    print(f"{'composer':16}{columns}   {columns}")
    for each in rows:
        print(row(each["composer"], each["told"], each["untold"]))
    print(row("mean", mean(rows, "told"), mean(rows, "untold")))


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"Benchmarks/styles.py: {trouble}")
