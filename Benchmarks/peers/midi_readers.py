#!/usr/bin/env python3
"""Files a second that a MIDI reader for Python reads from a folder, one thread. Prints JSON.

    midi_readers.py symusic|mido|pretty_midi FOLDER [--seconds 2]
"""

import argparse
import importlib.metadata
import json
import pathlib
import statistics
import time
import warnings

#: The slow ones read each so manieth file only.
STEPS = {"symusic": 1, "mido": 40, "pretty_midi": 40}


def reader(name):
    if name == "symusic":
        import symusic
        return symusic.Score
    if name == "mido":
        import mido
        return mido.MidiFile
    import pretty_midi
    return pretty_midi.PrettyMIDI


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reader", choices=list(STEPS))
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--threads", type=int, default=1, help="taken for uniformity; always 1")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    read = reader(options.reader)
    files = sorted(map(str, pathlib.Path(options.folder).rglob("*.mid")))
    files = files[:: STEPS[options.reader]]

    def one_pass():
        start = time.perf_counter()
        for file in files:
            try:
                read(file)
            except Exception:
                pass
        return time.perf_counter() - start

    one_pass()
    times = []
    while len(times) < 3 or sum(times) < options.seconds:
        times.append(one_pass())
    print(json.dumps({
        "peer": f"{options.reader} {importlib.metadata.version(options.reader)}",
        "files": len(files), "filesPerSecond": len(files) / statistics.median(times)}))


main()
