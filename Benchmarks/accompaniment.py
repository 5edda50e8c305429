#!/usr/bin/env python3
"""How dense the parts are that `clara accompany` writes, beside the composers' own.

Takes 8 bars from held-out duets, gives Clara one part of two and counts what she writes in place of the
other: notes in a bar and most notes at once, as quartiles. CLARA names the program; else it is
.build/release/clara. Needs mido (Scripts/test installs it in .build/page-tests).

    Benchmarks/accompaniment.py [--model duet] [--pieces 30] [--temperature T] DATA
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile

import mido

sys.dont_write_bytecode = True

from program import Clara, Trouble

BARS = 8


def notes(track, start=0, end=float("inf")):
    """[onset, end, pitch] of the notes that begin in a range of ticks."""
    now, sounding, found = 0, {}, []
    for message in track:
        now += message.time
        if message.type not in ("note_on", "note_off"):
            continue
        if message.note in sounding:
            onset = sounding.pop(message.note)
            if start <= onset < end:
                found.append([onset - start, min(now, end) - start, message.note])
        if message.type == "note_on" and message.velocity > 0:
            sounding[message.note] = now
    return found


def is_piano(track):
    programs = [message.program for message in track if message.type == "program_change"]
    return bool(programs) and programs[0] < 8


def parts(path, bar):
    """Melody and piano of some bars, and the ticks of a quarter and of a bar; None without both."""
    file = mido.MidiFile(path)
    meters = [message for track in file.tracks for message in track if message.type == "time_signature"]
    length = file.ticks_per_beat * 4
    if meters:
        length = length * meters[0].numerator // meters[0].denominator
    start = (bar - 1) * length
    both = [[], []]
    for track in file.tracks:
        both[is_piano(track)] += notes(track, start, start + BARS * length)
    return (*both, file.ticks_per_beat, length) if all(both) else None


def write(part, program, ticks, length, path):
    file, track = mido.MidiFile(ticks_per_beat=ticks), mido.MidiTrack()
    file.tracks.append(track)
    track.append(mido.MetaMessage("time_signature", numerator=max(1, length // ticks), denominator=4))
    track.append(mido.Message("program_change", program=program))
    events = sorted(
        event for onset, end, pitch in part for event in ((onset, 1, pitch), (max(end, onset + 1), 0, pitch)))
    now = 0
    for tick, is_start, pitch in events:
        kind = "note_on" if is_start else "note_off"
        track.append(mido.Message(kind, note=pitch, velocity=80 if is_start else 0, time=tick - now))
        now = tick
    file.save(path)


def most_at_once(part):
    events = sorted((tick, step) for onset, end, _ in part for tick, step in ((onset, 1), (end, -1)))
    most = now = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return most


def measure(clara, options, prompt, folder, counts):
    found = parts(prompt["path"], prompt["bar"])
    if not found:
        return
    melody, piano, ticks, length = found
    for role, given, own, program in [
            ("melody", melody, piano, 40), ("accompaniment", piano, melody, 0)]:
        path = folder / f"{role}.mid"
        write(given, program, ticks, length, path)
        takes = folder / "takes"
        sampling = ["--temperature", options.temperature] if options.temperature else []
        clara.output(
            "accompany", path, "--as", role, "--new-only", "--model", options.model, "--takes", "2", "--seed", "1",
            *sampling, "-o", takes)
        counts[role, "composer"].append((len(own) / BARS, most_at_once(own)))
        for take in sorted(takes.glob("*.mid")):
            written = [note for track in mido.MidiFile(take).tracks for note in notes(track)]
            counts[role, "Clara"].append((len(written) / BARS, most_at_once(written)))
            take.unlink()


def quartiles(values):
    return " ".join(f"{value:6.1f}" for value in statistics.quantiles(values, n=4))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--model", default="duet")
    parser.add_argument("--pieces", default="30")
    parser.add_argument("--temperature", help="default: the program's own")
    options = parser.parse_args()
    clara = Clara()
    prompts = json.loads(clara.output(
        "review", "--model", options.model, "--data", options.data, "--takes", options.pieces, "--bars", str(BARS),
        "--prompt-bars", "1", "--json"))["reviewed"]
    counts = {(role, who): [] for role in ("melody", "accompaniment") for who in ("composer", "Clara")}
    with tempfile.TemporaryDirectory() as folder:
        for prompt in prompts:
            measure(clara, options, prompt, pathlib.Path(folder), counts)
    print("given          written by  passages   notes a bar: quartiles   most at once: quartiles   empty")
    for (role, who), values in counts.items():
        densities, mosts = zip(*values)
        print(f"{role:14} {who:11} {len(values):7}      {quartiles(densities)}      {quartiles(mosts)}"
              f" {densities.count(0):7}")


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"Benchmarks/accompaniment.py: {trouble}")
