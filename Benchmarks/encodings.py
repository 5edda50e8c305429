#!/usr/bin/env python3
"""Which way to write music as text a model foresees better, and what it then writes.

    Benchmarks/encodings.py --data MIDI barwise-88-12 notewise-88-12
    Benchmarks/encodings.py --data MIDI --models a.safetensors b.safetensors --json out/encodings.json

Trains a small network on each encoding, all alike, or takes models that were trained on the same folder
with the same recipe, and so with the same pieces held out. Prints what each needs for the held-out
pieces, beside the best n-gram model of the same text, and how its continuations of held-out prompts are
built, beside what the composers wrote at the same places:

- entropy of pitch classes in 1 bar and in 4, in bits;
- groove similarity: of two bars, the share of 64 positions where both have an onset or both have none,
  over all pairs (both: Wu and Yang, The Jazz Transformer on the Front Line, 2020);
- what comes back: of what a bar and the bar 1 to 8 before it hold, the share that both hold. The bar
  before may be the prompt's. Onsets count by sixteenths.

Prompts are brought to an even tempo, their mean, so that seconds can be counted in bars. Bits by what is
told are counted for LSTMs without contexts. CLARA names the program clara; else it is
.build/release/clara. Needs Python 3.10 or newer, mido and numpy.
"""

import argparse
import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

try:
    from encoding import likelihood, pieces, report, structure
    from program import Clara, Trouble, say
except ModuleNotFoundError as missing:
    sys.exit(f"Benchmarks/encodings.py needs {missing.name}: pip install mido numpy")

# Encodings that tell time in seconds, not in bars.
CLOCKED = {"performance"}
BEFORE = 8
RECIPE = """encoding = "{encoding}"

[network]
embedding = 128
hidden = 256
layers = 2

[optimiser]
beta1 = 0.9
beta2 = 0.99
clip = 1.0

[schedule]
rate = 0.003
warmup = 100
decay = 0.3

[training]
epochs = {epochs}
batch = 32
window = 128
validation = 0.1
validate-every = 1000
seed = {seed}
"""


def arguments():
    summary, details = __doc__.split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=summary, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encodings", nargs="*", metavar="ENCODING", help="train on these")
    parser.add_argument("--models", nargs="+", metavar="FILE", default=[], help="trained already")
    parser.add_argument("--data", required=True, metavar="DIR", help="folder of MIDI files")
    parser.add_argument("--epochs", type=int, default=1, metavar="N", help="of training; default: 1")
    parser.add_argument(
        "--prompts", type=int, default=24, metavar="N", help="to be continued; default: 24")
    parser.add_argument("--bars", type=int, default=16, metavar="N", help="to write; default: 16")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument("--json", metavar="FILE", help="write all figures")
    parser.add_argument(
        "--out", metavar="DIR", help="keep models and takes here; else they are thrown away")
    options = parser.parse_args()
    if not options.encodings and not options.models:
        parser.error("name encodings, or --models")
    if options.prompts < 1 or options.bars < 4:
        parser.error("--prompts is at least 1, --bars at least 4")
    return options


def train(clara, options, folder):
    """A model's file for each encoding."""
    models = []
    for encoding in options.encodings:
        recipe, model = folder / f"{encoding}.toml", folder / f"{encoding}.safetensors"
        recipe.write_text(
            RECIPE.format(encoding=encoding, epochs=options.epochs, seed=options.seed))
        say(f"Training on {encoding} …")
        clara.train(options.data, recipe, model)
        models.append(model)
    return models


def held_out(clara, model, data):
    """The files that the model was not trained on."""
    paths = sorted(p for p in pathlib.Path(data).rglob("*") if p.suffix.lower() in (".mid", ".midi"))
    return [path for path in paths if clara.evaluate(model, path)]


def foreseen(clara, model, data, tested):
    """What a model needs for the held-out pieces."""
    figures = clara.evaluate(model, data, "--baseline", data)
    if figures is None or figures["pieces"] != len(tested):
        raise Trouble(f"{model} has other pieces held out: train all on one folder, with one recipe")
    metadata, _ = likelihood.load(model)
    encoding = metadata["clara.encoding"]
    texts = [clara.words(piece.path, encoding) for piece in tested]
    kinds = likelihood.by_kind(model, texts)
    return {
        "encoding": encoding, "vocabulary": len(metadata["clara.vocabulary"].split()),
        "natsPerToken": figures["natsPerToken"], "bitsPerNote": figures["bitsPerNote"],
        "bitsPerNoteByPiece": [
            clara.evaluate(model, piece.path)["bitsPerNote"] for piece in tested],
        "nGramBitsPerNote": figures["baseline"]["bitsPerNote"],
        "tokensPerNote": figures["tokens"] / figures["notes"],
        "secondsIn1024": 1024 * sum(piece.seconds for piece in tested) / figures["tokens"],
        "bitsPerNoteByKind": kinds and {
            kind: {name: value / figures["notes"] for name, value in told.items()}
            for kind, told in kinds.items()}}


def written(clara, model, encoding, places, options, folder):
    """The figures of one take for each place."""
    clocked, figures = encoding in CLOCKED, []
    for index, place in enumerate(places):
        prompt = folder / f"{'clocked' if clocked else 'even'}-{index}.mid"
        take = folder / f"{encoding}-{index}.mid"
        place.write_prompt(prompt, clocked)
        seconds = (options.bars + 1) * place.bar * place.seconds_per_quarter
        length = ("--seconds", round(seconds, 2)) if clocked else ("--bars", options.bars)
        told = clara.go_on(prompt, model, take, options.seed + index, length)
        piece = pieces.Piece(told["takes"][0]["file"])
        notes = piece.notes(0, piece.end + 1)
        if clocked:
            for note in notes:
                note.onset *= pieces.SECONDS_PER_QUARTER / place.seconds_per_quarter
        measured = structure.measure(notes, place.bar, BEFORE, options.bars)
        if not clocked:
            measured["otherMeter"] = float({q for _, q in piece.meters} != {place.quarters})
        figures.append(measured)
    return figures


def main():
    options = arguments()
    clara = Clara()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.out or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        models = options.models + train(clara, options, folder)
        say("Looking for the pieces that were held out …")
        tested = [pieces.Piece(path) for path in held_out(clara, models[0], options.data)]
        places = pieces.choose(tested, options.prompts, BEFORE, options.bars, options.seed)
        results = {"composers": {"structure": [
            structure.measure(place.composed(), place.bar, BEFORE, options.bars)
            for place in places]}}
        for model in models:
            say(f"Measuring {model} …")
            told = foreseen(clara, model, options.data, tested)
            told["structure"] = written(
                clara, model, told["encoding"], places, options, folder)
            results[pathlib.Path(model).stem] = told
    print(report.text(results, len(tested), places, options))
    if options.json:
        told = {"options": vars(options), "places": [
            {"file": str(place.piece.path), "tick": place.first} for place in places],
            "results": results}
        pathlib.Path(options.json).write_text(json.dumps(told, indent=1) + "\n")


try:
    main()
except Trouble as trouble:
    sys.exit(f"Benchmarks/encodings.py: {trouble}")
except KeyboardInterrupt:
    sys.exit(130)
