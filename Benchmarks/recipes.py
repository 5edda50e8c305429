#!/usr/bin/env python3
"""What recipes get out of the same music in the same time.

    Benchmarks/recipes.py --data MIDI --time 15m Recipes/piano.toml Recipes/clara2018.toml
    Benchmarks/recipes.py --library mine.sqlite --time 1h Recipes/piano.toml Recipes/clara2018.toml

Trains each recipe for the given time, all at once, each on its share of the cores (Linux), so that a machine
that is busy is equally busy for all, and prints nats per token and bits per note on the pieces that were held out;
with --overfitting on those that were trained on, too: how far they are apart is how much a recipe overfits.
Bits per note compare only where the text tells the same: --encoding trains all recipes on one encoding.

CLARA names the program clara; else it is .build/release/clara. Needs Python 3.11 or newer, nothing else.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import sys
import tempfile
import tomllib

sys.dont_write_bytecode = True

from program import Clara, Trouble


def arguments():
    summary, details = __doc__.split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=summary, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipes", nargs="+", metavar="RECIPE", help="TOML files")
    music = parser.add_mutually_exclusive_group(required=True)
    music.add_argument("--data", metavar="DIR", help="folder of MIDI files")
    music.add_argument("--library", metavar="FILE", help="library of pieces")
    parser.add_argument("--time", default="15m", metavar="TIME", help="for each; default: 15m")
    parser.add_argument("--encoding", metavar="NAME", help="in place of the recipes' own")
    parser.add_argument(
        "--overfitting", action="store_true",
        help="measure the pieces that were trained on, too; takes a while where they are many")
    parser.add_argument("--out", metavar="DIR", help="keep models here; else they are thrown away")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if len({pathlib.Path(path).name for path in options.recipes}) < len(options.recipes):
        parser.error("two recipes have one name")
    return options


def recipe_for(path, options, folder):
    """The recipe's file, with another encoding where one is asked for."""
    text = pathlib.Path(path).read_text()
    if options.encoding:
        text = re.sub(r"(?m)^encoding = .*$", f'encoding = "{options.encoding}"', text)
    if options.data:
        # Folders know no composers.
        text = re.sub(r"(?ms)^\[styles.*?(?=^\[(?!styles)|\Z)", "", text)
    tomllib.loads(text)
    target = folder / pathlib.Path(path).name
    target.write_text(text)
    return target


def shares(count):
    """The cores, dealt out; one core for several where there are fewer. None where they cannot be chosen."""
    if not hasattr(os, "sched_setaffinity"):
        return [None] * count
    cores = sorted(os.sched_getaffinity(0))
    return [set(cores[turn::count]) or {cores[turn % len(cores)]} for turn in range(count)]


def measured(clara, recipe, cores, options, folder):
    """Trains a recipe on the cores given; its figures."""
    if cores:
        # Of this thread, and of the programs it starts.
        os.sched_setaffinity(0, cores)
    model = folder / f"{recipe.stem}.safetensors"
    music = ["--data", options.data] if options.data else ["--library", options.library]
    clara.output("train", *music, "--recipe", recipe, "--time", options.time, "-o", model)

    def figures(side):
        return json.loads(
            clara.output("evaluate", "--model", model, *music, "--split", side, "--json"))

    row = {"recipe": recipe.stem, "heldOut": figures("validation")}
    if options.overfitting:
        row["trainedOn"] = figures("training")
    return row


def main():
    options = arguments()
    clara = Clara()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.out or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        recipes = [recipe_for(path, options, folder) for path in options.recipes]
        with concurrent.futures.ThreadPoolExecutor(len(recipes)) as pool:
            rows = list(pool.map(
                lambda recipe, cores: measured(clara, recipe, cores, options, folder),
                recipes, shares(len(recipes))))
    if options.json:
        print(json.dumps(rows, indent=2))
    else:
        print_table(rows)


def print_table(rows):
    """Nats per token and bits per note, and bits per note as a multiple of the first recipe's."""
    print(f"{'recipe':<16}{'held out':>20}{'trained on':>20}{'bits/note':>12}")
    for row in rows:
        text = [
            f"{row[side]['natsPerToken']:.4f} {row[side]['bitsPerNote']:.3f}" if side in row else ""
            for side in ("heldOut", "trainedOn")]
        share = row["heldOut"]["bitsPerNote"] / rows[0]["heldOut"]["bitsPerNote"]
        print(f"{row['recipe']:<16}{text[0]:>20}{text[1]:>20}{share:>11.3f}×")


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(str(trouble))
