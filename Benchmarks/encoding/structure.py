"""How music is built, bar by bar: pitch classes, grooves and what comes back."""

import collections
import math

GROOVE = 64  # positions a bar, as Wu and Yang have
DISTANCES = range(1, 9)


def bars(notes, bar, count):
    """The notes in `count` bars of `bar` quarters each: a list for each, of (place in the bar 0…1,
    pitch). A note that is a little early for a bar is in it."""
    early = bar / GROOVE / 2
    dealt = [[] for _ in range(count)]
    for note in notes:
        index = math.floor((note.onset + early) / bar)
        if 0 <= index < count:
            dealt[index].append((max(0.0, note.onset / bar - index), note.pitch))
    return dealt


def entropy(notes):
    """Of the twelve pitch classes, in bits; None without notes."""
    counts = collections.Counter(pitch % 12 for _, pitch in notes)
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values()) if total else None


def groove(notes):
    return {min(GROOVE - 1, round(place * GROOVE)) for place, _ in notes}


def groove_similarity(a, b):
    """1 − the share of positions where one bar has an onset and the other has none."""
    return 1 - len(groove(a) ^ groove(b)) / GROOVE


def shared(a, b):
    """|a ∩ b| / |a ∪ b|; None where both are empty."""
    return len(a & b) / len(a | b) if a | b else None


def onsets(notes, sixteenths):
    return {round(place * sixteenths) for place, _ in notes}


def classes(notes):
    return {pitch % 12 for _, pitch in notes}


def both(notes, sixteenths):
    return {(round(place * sixteenths), pitch % 12) for place, pitch in notes}


def mean(values):
    values = [value for value in values if value is not None]
    return sum(values) / len(values) if values else None


def measure(notes, bar, before, after):
    """The figures of `after` bars that follow on a prompt of `before` bars. Bars are compared with those
    some bars earlier, which may be the prompt's."""
    dealt, sixteenths = bars(notes, bar, before + after), round(4 * bar)
    new = dealt[before:]
    fours = [sum(new[i : i + 4], []) for i in range(after - 3)]
    figures = {
        "notesPerBar": mean(len(one) for one in new),
        "emptyBars": mean(float(not one) for one in new),
        "entropy1": mean(map(entropy, new)),
        "entropy4": mean(map(entropy, fours)),
        "groove": mean(
            groove_similarity(a, b) for i, a in enumerate(new) for b in new[i + 1 :]),
    }
    for name, things in (
        ("onsets", lambda notes: onsets(notes, sixteenths)), ("classes", classes),
        ("both", lambda notes: both(notes, sixteenths)),
    ):
        sets = [things(one) for one in dealt]
        for distance in DISTANCES:
            figures[f"{name}{distance}"] = mean(
                shared(sets[i], sets[i - distance]) for i in range(before, before + after))
        figures[name] = mean(figures[f"{name}{distance}"] for distance in DISTANCES)
    return figures
