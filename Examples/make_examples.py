#!/usr/bin/env python3
"""Writes the MIDI files of this folder: prompts written out note by note, and in tiny/ eight pieces
for short training runs, composed by rule; takes/ is by Clara. The same bytes on every run; nothing but Python's
standard library. Run it after a change and commit what it wrote.
"""

import pathlib

TICKS_PER_QUARTER = 480
HERE = pathlib.Path(__file__).parent
LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}


# --- Standard MIDI Files -------------------------------------------------------------------------


def variable_length(number):
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(0x80 | number & 0x7F)
    return bytes(reversed(groups))


def track(events):
    """A track chunk of (tick, order, bytes); at one tick, the lower order comes first."""
    data, now = b"", 0
    for tick, _, message in sorted(events):
        data += variable_length(tick - now) + message
        now = tick
    data += b"\x00\xff\x2f\x00"
    return b"MTrk" + len(data).to_bytes(4, "big") + data


def meta(kind, payload):
    return bytes([0xFF, kind]) + variable_length(len(payload)) + payload


HANDS = [("Right hand", 0), ("Left hand", 0)]


def write(path, title, parts, quarters_per_minute, meter, fifths=0, minor=False, players=HANDS):
    """`parts`: lists of (start, length, pitch, velocity), times in quarters; `players`: their names
    and General MIDI programs."""
    numerator, denominator = meter
    tempo = round(60_000_000 / quarters_per_minute)
    conductor = [
        (0, 0, meta(0x03, title.encode())),
        (0, 1, meta(0x58, bytes([numerator, denominator.bit_length() - 1, 24, 8]))),
        (0, 2, meta(0x59, bytes([fifths & 0xFF, int(minor)]))),
        (0, 3, meta(0x51, tempo.to_bytes(3, "big"))),
    ]
    tracks = [track(conductor)]
    for channel, ((name, program), notes) in enumerate(zip(players, parts)):
        events = [(0, 0, meta(0x03, name.encode())), (0, 1, bytes([0xC0 | channel, program]))]
        for start, length, pitch, velocity in notes:
            on = round(start * TICKS_PER_QUARTER)
            off = round((start + length) * TICKS_PER_QUARTER)
            events.append((off, 2, bytes([0x80 | channel, pitch, 64])))
            events.append((on, 3, bytes([0x90 | channel, pitch, velocity])))
        tracks.append(track(events))
    header = b"MThd" + b"".join(
        number.to_bytes(size, "big")
        for number, size in [(6, 4), (1, 2), (len(tracks), 2), (TICKS_PER_QUARTER, 2)]
    )
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(header + b"".join(tracks))


# --- Prompts, written out ------------------------------------------------------------------------


def pitch_number(name):
    """c4 is middle C, 60; # and b follow the letter."""
    letter, octave = name[0], int(name[-1])
    return 12 * (octave + 1) + LETTERS[letter] + name.count("#") - name[1:].count("b")


def voice(text, quarters_per_bar, loudness):
    """Words `pitches:quarters`, pitches joined by + (r rests); bars end with |."""
    notes, now = [], 0.0
    for number, bar in enumerate(text.split("|")):
        start = now
        for word in bar.split():
            names, length = word.split(":")
            for name in names.split("+") if names != "r" else []:
                accent = 8 if now == start else 0
                notes.append((now, float(length), pitch_number(name), loudness + accent))
            now += float(length)
        if now - start != quarters_per_bar:
            raise ValueError(f"bar {number + 1} lasts {now - start} quarters: {bar}")
    return notes


def write_prompts():
    waltz = [
        "e5:1.5 d#5:.5 e5:1 | c5:2 a4:1 | f5:1.5 e5:.5 d5:1 | c5:2 e5:1 |"
        "d5:1.5 c5:.5 b4:1 | a4:1 c5:1 e5:1 | d5:1 f5:1 e5:.5 d5:.5 | g#4:1 b4:2",
        "a2:1 e3+a3+c4:1 e3+a3+c4:1 | a2:1 e3+a3+c4:1 e3+a3+c4:1 |"
        "d3:1 f3+a3+d4:1 f3+a3+d4:1 | c3:1 e3+a3+c4:1 e3+a3+c4:1 |"
        "b2:1 f3+a3+d4:1 f3+g#3+d4:1 | c3:1 e3+a3+c4:1 e3+a3+c4:1 |"
        "f2:1 d3+a3+b3:1 d3+a3+b3:1 | e2:1 e3+g#3+d4:1 e3+g#3+d4:1",
    ]
    write(
        HERE / "waltz-in-a-minor.mid", "Waltz in A minor",
        [voice(waltz[0], 3, 76), voice(waltz[1], 3, 54)], 116, (3, 4), 0, True,
    )
    sonatina = [
        "g5:1 e5:.5 f5:.5 g5:1 c6:1 | a5:1.5 g5:.25 f5:.25 e5:1 r:1 |"
        "d5:.5 e5:.5 f5:.5 a5:.5 g5:.5 f5:.5 e5:.5 d5:.5 | e5:1 c5:.5 e5:.5 d5:1 r:1",
        "c3:.5 g3:.5 e3:.5 g3:.5 c3:.5 g3:.5 e3:.5 g3:.5 |"
        "c3:.5 a3:.5 f3:.5 a3:.5 c3:.5 g3:.5 e3:.5 g3:.5 |"
        "d3:.5 a3:.5 f3:.5 a3:.5 b2:.5 g3:.5 f3:.5 g3:.5 |"
        "c3:.5 g3:.5 e3:.5 g3:.5 b2:.5 g3:.5 d3:.5 g3:.5",
    ]
    write(
        HERE / "sonatina-in-c.mid", "Sonatina in C major",
        [voice(sonatina[0], 4, 78), voice(sonatina[1], 4, 56)], 132, (4, 4),
    )
    invention = [
        "r:.25 f5:.25 e5:.25 d5:.25 a4:.25 d5:.25 e5:.25 f5:.25 g5:.5 e5:.5 c#5:.5 a4:.5 |"
        "d5:.5 f5:.5 a5:.5 f5:.5 e5:.5 g5:.5 e5:.5 c#5:.5 |"
        "r:.25 a5:.25 g5:.25 f5:.25 c5:.25 f5:.25 g5:.25 a5:.25 bb5:.5 g5:.5 e5:.5 c5:.5 |"
        "f5:.5 d5:.5 g5:.5 e5:.5 c#5:.25 d5:.25 e5:.25 c#5:.25 a4:.5 r:.5",
        "d3:2 a3:1 a2:1 |"
        "r:.25 f3:.25 e3:.25 d3:.25 a2:.25 d3:.25 e3:.25 f3:.25 g3:.5 e3:.5 c#3:.5 a2:.5 |"
        "f3:.5 c3:.5 f3:.5 a3:.5 e3:.5 g3:.5 c3:.5 e3:.5 |"
        "d3:.5 bb2:.5 e3:.5 g3:.5 a3:.5 g3:.5 f3:.5 e3:.5",
    ]
    write(
        HERE / "invention-in-d-minor.mid", "Invention in D minor",
        [voice(invention[0], 4, 74), voice(invention[1], 4, 70)], 80, (4, 4), -1, True,
    )


def write_ensembles():
    romance = [
        "d5:1.5 e5:.5 d5:1 | b4:2 g4:1 | a4:1 b4:1 c5:1 | b4:3 |"
        "d5:1.5 e5:.5 f#5:1 | g5:2 e5:1 | d5:1 b4:1 a4:1 | g4:2 r:1",
        "g2:.5 d3:.5 b3:.5 d3:.5 b3:.5 d3:.5 | g2:.5 d3:.5 b3:.5 d3:.5 b3:.5 d3:.5 |"
        "f#2:.5 d3:.5 c4:.5 d3:.5 c4:.5 d3:.5 | g2:.5 d3:.5 b3:.5 d3:.5 b3:.5 d3:.5 |"
        "b2:.5 d3:.5 g3:.5 d3:.5 g3:.5 d3:.5 | c3:.5 e3:.5 g3:.5 e3:.5 g3:.5 e3:.5 |"
        "d3:.5 g3:.5 b3:.5 f#3:.5 c4:.5 f#3:.5 | g2:.5 d3:.5 b3:.5 d3:.5 g3:1",
    ]
    duo = [("Violin", 40), ("Piano", 0)]
    parts = [voice(romance[0], 3, 80), voice(romance[1], 3, 58)]
    write(
        HERE / "romance-in-g.mid", "Romance in G major", parts, 92, (3, 4), 1, players=duo,
    )
    write(
        HERE / "accompaniment-in-g.mid", "Accompaniment in G major", parts[1:], 92, (3, 4), 1,
        players=duo[1:],
    )
    song = (
        "c5:1 a4:.5 bb4:.5 c5:1 f5:1 | e5:1.5 d5:.5 c5:2 | d5:1 bb4:.5 c5:.5 d5:1 g5:1 |"
        "f5:1.5 e5:.5 d5:1 c5:1 | c5:1 a4:.5 bb4:.5 c5:1 f5:1 | g5:1.5 f5:.5 e5:1 d5:1 |"
        "c5:1 f5:1 e5:.5 d5:.5 e5:1 | f5:4"
    )
    write(
        HERE / "melody-in-f.mid", "Melody in F major", [voice(song, 4, 78)], 100, (4, 4), -1,
        players=duo[:1],
    )
    blues = [
        "r:.5 f5:.5 ab5:.5 bb5:.5 b5:.5 bb5:.5 ab5:1 | f5:.5 ab5:.5 f5:.5 eb5:.5 d5:1 r:1 |"
        "r:.5 bb4:.5 d5:.5 f5:.5 ab5:.5 g5:.5 f5:.5 d5:.5 | eb5:.5 f5:.5 ab5:.5 f5:.5 d5:.5 bb4:1.5",
        "ab3+d4:1.5 ab3+d4:2.5 | g3+db4:1.5 g3+db4:2.5 | ab3+d4:1.5 ab3+d4:2.5 | ab3+d4:4",
        "bb1:1 d2:1 f2:1 g2:1 | eb2:1 g2:1 bb2:1 a2:1 | bb2:1 f2:1 d2:1 c2:1 | bb1:1 d2:1 f2:1 e2:1",
    ]
    write(
        HERE / "blues-in-b-flat.mid", "Blues in B flat",
        [voice(part, 4, loudness) for part, loudness in zip(blues, (84, 60, 70))], 132, (4, 4), -2,
        players=[("Alto saxophone", 65), ("Piano", 0), ("Bass", 32)],
    )


# --- Tiny pieces, composed by rule ---------------------------------------------------------------

MAJOR = [0, 2, 4, 5, 7, 9, 11]
MINOR = [0, 2, 3, 5, 7, 8, 10]

# Chords by degree (0 is the tonic), one a bar; the last of each phrase cadences.
PROGRESSIONS = {
    "plain": [[0, 3, 4, 0], [0, 5, 1, 4], [3, 0, 4, 0]],
    "circle": [[0, 3, 6, 2], [5, 1, 4, 0], [0, 1, 4, 0]],
    "song": [[0, 5, 3, 4], [0, 4, 5, 3], [1, 4, 0, 0]],
    "lament": [[0, 6, 5, 4], [0, 3, 1, 4], [3, 4, 0, 0]],
}

# Rhythms of the melody, in quarters, for one bar.
RHYTHMS = {
    4: [[1, 1, 1, 1], [1.5, 0.5, 1, 1], [0.5, 0.5, 1, 0.5, 0.5, 1], [2, 1, 1], [1, 0.5, 0.5, 2]],
    3: [[1, 1, 1], [1.5, 0.5, 1], [2, 1], [0.5, 0.5, 0.5, 0.5, 1], [1, 0.5, 0.5, 1]],
}

# Accompaniments: (start, length, chord tones); tone 0 is the root, 3 the root an octave higher.
ACCOMPANIMENTS = {
    "alberti": {4: [(i / 2, 0.5, [[0, 2, 1, 2][i % 4]]) for i in range(8)],
                3: [(i / 2, 0.5, [[0, 2, 1, 2, 1, 2][i]]) for i in range(6)]},
    "waltz": {4: [(0, 1, [0]), (1, 1, [1, 2]), (2, 1, [0]), (3, 1, [1, 2])],
              3: [(0, 1, [0]), (1, 1, [1, 2]), (2, 1, [1, 2])]},
    "arpeggio": {4: [(i / 2, 0.5, [[0, 1, 2, 3, 2, 1, 2, 1][i]]) for i in range(8)],
                 3: [(i / 2, 0.5, [[0, 1, 2, 3, 2, 1][i]]) for i in range(6)]},
    "chorale": {4: [(0, 2, [0, 2]), (2, 2, [0, 1])], 3: [(0, 2, [0, 2]), (2, 1, [0, 1])]},
    "bass": {4: [(0, 1, [0]), (1, 1, [1]), (2, 1, [2]), (3, 1, [1])],
             3: [(0, 1, [0]), (1, 1, [1]), (2, 1, [2])]},
}


class Dice:
    """A linear congruential generator, so that no Python version changes the pieces."""

    def __init__(self, seed):
        self.state = seed

    def pick(self, choices):
        self.state = (6364136223846793005 * self.state + 1442695040888963407) % 2**64
        return choices[(self.state >> 33) % len(choices)]


class TinyPiece:
    def __init__(self, seed, tonic, minor, beats, progression, accompaniment, form):
        self.dice = Dice(seed)
        self.tonic, self.minor, self.beats = tonic, minor, beats
        self.phrases = PROGRESSIONS[progression]
        self.accompaniment = ACCOMPANIMENTS[accompaniment][beats]
        self.form = form

    def pitch(self, degree, raised):
        """The scale's pitch; in minor the seventh is raised where the harmony is the dominant."""
        scale = MINOR if self.minor else MAJOR
        octave, step = divmod(degree, 7)
        lift = 1 if self.minor and raised and step == 6 else 0
        return self.tonic + 12 * octave + scale[step] + lift

    def melody(self, chords, bar_length, start):
        """One phrase: two rhythms of a bar each, alternating, and a long note to end on."""
        rhythms = [self.dice.pick(RHYTHMS[self.beats]) for _ in range(2)]
        notes, degree = [], start
        for bar, chord in enumerate(chords):
            last = bar == len(chords) - 1
            rhythm = [bar_length - 1, 1] if last else rhythms[bar % 2]
            now = bar * bar_length
            for index, length in enumerate(rhythm):
                if last and index == 1:
                    break  # a breath between phrases
                if index == 0:
                    tones = [d for d in range(4, 15) if (d - chord) % 7 in (0, 2, 4)]
                    near = [d for d in tones if d != degree and abs(d - degree) <= 3]
                    degree = self.dice.pick(near)
                else:
                    degree = min(14, max(4, degree + self.dice.pick([-1, -1, 1, 1, -2, 2])))
                notes.append((now, length, self.pitch(degree, chord == 4), 72 + 2 * bar))
                now += length
        return notes

    def left_hand(self, chords, bar_length):
        notes = []
        for bar, chord in enumerate(chords):
            root = chord - 7 if chord < 4 else chord - 14
            for start, length, tones in self.accompaniment:
                for tone in tones:
                    degree = root + [0, 2, 4, 7][tone]
                    pitch = self.pitch(degree, chord == 4)
                    notes.append((bar * bar_length + start, length, pitch, 58))
        return notes

    def compose(self):
        right, left, start = [], [], 0.0
        melodies = {}
        for letter in self.form:
            chords = self.phrases["ABC".index(letter)]
            if letter not in melodies:
                melodies[letter] = self.melody(chords, self.beats, 9 if letter == "B" else 7)
            for notes, phrase in [
                (right, melodies[letter]), (left, self.left_hand(chords, self.beats)),
            ]:
                notes += [(start + at, *rest) for at, *rest in phrase]
            start += len(chords) * self.beats
        # A last bar on the tonic.
        right.append((start, self.beats, self.pitch(7, False), 70))
        left += [(start, self.beats, self.pitch(d, False), 56) for d in (-7, -3)]
        return [right, left]


def write_tiny_pieces():
    pieces = [
        # name, tonic, fifths, minor, beats, progression, accompaniment, form, quarters a minute
        ("march-in-c", 60, 0, False, 4, "plain", "waltz", "AABCABC", 112),
        ("song-in-g", 55, 1, False, 4, "song", "arpeggio", "AABAC", 96),
        ("waltz-in-f", 65, -1, False, 3, "plain", "waltz", "ABABCC", 138),
        ("lullaby-in-d", 62, 2, False, 3, "song", "arpeggio", "AABBC", 84),
        ("study-in-a-minor", 57, 0, True, 4, "circle", "alberti", "ABABCC", 108),
        ("air-in-e-minor", 64, 1, True, 4, "lament", "chorale", "AABC", 76),
        ("minuet-in-g-minor", 67, -2, True, 3, "plain", "bass", "AABBAC", 120),
        ("elegy-in-d-minor", 62, -1, True, 3, "lament", "alberti", "ABACC", 88),
    ]
    for seed, row in enumerate(pieces):
        name, tonic, fifths, minor, beats, progression, accompaniment, form, pace = row
        piece = TinyPiece(seed + 1, tonic, minor, beats, progression, accompaniment, form)
        title = name.replace("-", " ").capitalize()
        write(HERE / "tiny" / f"{name}.mid", title, piece.compose(), pace, (beats, 4), fifths, minor)


if __name__ == "__main__":
    write_prompts()
    write_ensembles()
    write_tiny_pieces()
