#!/usr/bin/env python3
"""Checks the scores that `clara score` writes: against the schema, and note by note as others read them.

    Benchmarks/check_scores.py [--count N] [--seed N] [--musescore N] FILE.mid|FOLDER …

Of all MIDI files given, N are chosen by chance (300). For each
- the MusicXML must be valid against the schema of MusicXML 4.0,
- music21 must read the same notes (pitch, onset, duration) as `clara score --quantised` writes,
- and so it must, for the first few (--musescore, 10), once MuseScore has opened and saved it.
Where no onset was moved, onsets must be those of the file itself.

Needs a Python with music21, mido, lxml and musicxml (for its schema), such as
`python3 -m venv v && v/bin/pip install music21 mido lxml musicxml`; CLARA names the program, else
it is .build/release/clara. The exit code is 1 where a check failed.
"""
import argparse
import collections
import fractions
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import lxml.etree
import mido

sys.dont_write_bytecode = True

from program import Clara, Trouble

try:
    clara = Clara().path
except Trouble as trouble:
    sys.exit(f"Benchmarks/check_scores.py: {trouble}")
# Parts of a quarter that hold all note values and tuplets of 3, 5, 7, 9, 11 and 13.
DIVISIONS = 64 * 9 * 5 * 7 * 11 * 13
VALUES = {name: fractions.Fraction(8) / 2 ** power for power, name in enumerate((
    "breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th", "256th"))}
STUBS = {
    "xml.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="http://www.w3.org/XML/1998/namespace">
        <xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
        </xs:schema>""",
    "xlink.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="http://www.w3.org/1999/xlink">%s</xs:schema>""" % "".join(
        f'<xs:attribute name="{name}" type="xs:string"/>'
        for name in ("href", "type", "role", "title", "show", "actuate")),
}


def schema():
    """The schema that the package musicxml brings, its imports answered here."""
    import musicxml

    class Stubs(lxml.etree.Resolver):
        def resolve(self, url, _, context):
            name = url.rsplit("/", 1)[-1]
            return self.resolve_string(STUBS[name], context) if name in STUBS else None

    parser = lxml.etree.XMLParser()
    parser.resolvers.add(Stubs())
    path = pathlib.Path(musicxml.__file__).parent / "generate_classes/musicxml_4_0.xsd"
    return lxml.etree.XMLSchema(lxml.etree.parse(str(path), parser))


def midi_notes(path):
    """(pitch, onset, duration) in quarters of every note, drums left out."""
    file = mido.MidiFile(path, clip=True)
    notes = []
    for track in file.tracks:
        time, sounding = 0, collections.defaultdict(collections.deque)
        for event in track:
            time += event.time
            if event.type not in ("note_on", "note_off") or event.channel == 9:
                continue
            key = (event.channel, event.note)
            if event.type == "note_on" and event.velocity > 0:
                sounding[key].append(time)
            elif sounding[key]:
                start = sounding[key].popleft()
                notes.append((event.note, start / file.ticks_per_beat,
                              (time - start) / file.ticks_per_beat))
    return sorted(notes)


def make_exact(path):
    """Gives what MuseScore saved the durations that its note values tell.

    It saves durations as whole parts of a quarter that often cannot hold a septuplet's; each is a little
    off, and all that follows in the bar comes too late. The notes' types, dots and tuplets are exact.
    """
    tree = lxml.etree.parse(path)
    for part in tree.iter("part"):
        divisions = 1
        for measure in part.iter("measure"):
            # Where the measure is, by rounded and by exact durations.
            place, exact, seen = fractions.Fraction(0), fractions.Fraction(0), {0: 0}
            for element in measure:
                if element.tag == "attributes" and (given := element.find("divisions")) is not None:
                    divisions, given.text = int(given.text), str(DIVISIONS)
                if (duration := element.find("duration")) is None:
                    continue
                rounded = fractions.Fraction(int(duration.text), divisions)
                if element.tag == "note":
                    length = note_value(element, rounded) or rounded
                    if element.find("chord") is None:
                        place, exact = place + rounded, exact + length
                        seen[place] = exact
                else:
                    sign = -1 if element.tag == "backup" else 1
                    place += sign * rounded
                    target = seen.get(place, exact + sign * rounded)
                    length, exact = abs(target - exact), target
                duration.text = str(round(length * DIVISIONS))
    tree.write(path)


def note_value(note, rounded):
    """A note's length in quarters as its type, dots and tuplets tell; None where it has no type.

    MuseScore saves a dotted note of a septuplet with three dots: the number is taken that fits.
    """
    kind, rest = note.findtext("type"), note.find("rest")
    if kind not in VALUES or rest is not None and rest.get("measure") == "yes":
        return None
    value = VALUES[kind]
    if (tuplet := note.find("time-modification")) is not None:
        value *= fractions.Fraction(
            int(tuplet.findtext("normal-notes")), int(tuplet.findtext("actual-notes")))
    dotted = (value * (2 - fractions.Fraction(1, 2 ** dots)) for dots in range(4))
    return min(dotted, key=lambda length: abs(length - rounded))


def music21_notes(path):
    """The same, ties joined, as music21 reads a score."""
    import music21

    notes = []
    for part in music21.converter.parse(path, forceSource=True).parts:
        tied = collections.defaultdict(list)
        found = []
        for note in part.recurse().notes:
            for head in getattr(note, "notes", (note,)):
                found.append((float(note.getOffsetInHierarchy(part)),
                              0.0 if note.duration.isGrace else float(note.quarterLength),
                              head.pitch.midi, head.tie.type if head.tie else None))
        for start, length, pitch, tie in sorted(found, key=lambda n: (n[0], n[2], str(n[3]))):
            open_notes = tied[pitch]
            former = next((n for n in open_notes if abs(n[1] + n[2] - start) < 2e-3), None)
            if tie in ("stop", "continue") and former:
                former[2] = start + length - former[1]
                if tie == "stop":
                    open_notes.remove(former)
                continue
            entry = [pitch, start, length]
            notes.append(entry)
            if tie in ("start", "continue"):
                open_notes.append(entry)
    return sorted(map(tuple, notes))


def ambiguous(notes):
    """Which notes meet another of their pitch: a MIDI file does not tell which of them ends where."""
    found = set()
    for pitch in {note[0] for note in notes}:
        line = [note for note in notes if note[0] == pitch]
        until = -1.0
        for former, note in zip([None] + line, line):
            if former and note[1] < until + 1e-3:
                found |= {former, note}
            until = max(until, note[1] + note[2])
    return found


def differences(a, b, tolerance, durations=True):
    """How many notes of either have no partner in the other."""
    unclear = ambiguous(a) | ambiguous(b)
    left = collections.defaultdict(list)
    for pitch, start, length in b:
        left[pitch].append((start, length))
    missing = 0
    for pitch, start, length in a:
        exact = durations and (pitch, start, length) not in unclear
        match = next((
            other for other in left[pitch] if abs(other[0] - start) <= tolerance
            and (not exact or (pitch, *other) in unclear
                 or abs(other[1] - length) <= 2 * tolerance)), None)
        if match:
            left[pitch].remove(match)
        else:
            missing += 1
    return missing + sum(map(len, left.values()))


def check(path, folder, valid, with_musescore):
    """Yields what is wrong with one file's score."""
    score, midi = f"{folder}/score.musicxml", f"{folder}/quantised.mid"
    run = subprocess.run([clara, "score", path, "-o", score, "--quantised", midi, "--json"],
                         capture_output=True, text=True)
    if run.returncode:
        yield "refused: " + run.stderr.strip()
        return
    summary = json.loads(run.stdout)
    if not valid.validate(lxml.etree.parse(score)):
        yield f"not valid: {valid.error_log[0]}"
    written = midi_notes(midi)
    if wrong := differences(written, music21_notes(score), 2e-3):
        yield f"music21: {wrong} of {len(written)} notes differ"
    try:
        given = midi_notes(path)
    except (EOFError, ValueError, OSError, IndexError, mido.KeySignatureError) as error:
        print(f"{path}: not compared with the file, which mido cannot read: {error!r}")
        given = None
    if given is not None and not summary["score"]["movedOnsets"] and (
            wrong := differences(given, written, 3.2e-3, durations=False)):
        yield f"file: {wrong} of {len(given)} onsets differ"
    if with_musescore:
        # Not its MIDI export: where a pitch is struck in one voice while it sounds in another, that
        # leaves a note out.
        again = f"{folder}/again.musicxml"
        subprocess.run(["musescore3", "-o", again, score], capture_output=True, timeout=300,
                       env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        make_exact(again)
        if wrong := differences(written, music21_notes(again), 2e-3):
            yield f"MuseScore: {wrong} of {len(written)} notes differ"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--musescore", type=int, default=10)
    options = parser.parse_args()
    files = []
    for path in options.paths:
        files += sorted(path.rglob("*.mid")) if path.is_dir() else [path]
    files = random.Random(options.seed).sample(files, min(options.count, len(files)))
    valid, failed = schema(), 0
    with tempfile.TemporaryDirectory() as folder:
        for index, path in enumerate(files):
            troubles = list(check(str(path), folder, valid, index < options.musescore))
            failed += bool(troubles)
            for trouble in troubles:
                print(f"{path}: {trouble}", flush=True)
    print(f"{len(files) - failed} of {len(files)} scores are valid and have the same notes")
    return 1 if failed else 0


sys.exit(main())
