"""The tables, in Markdown."""

import statistics

from . import structure

FORESEEN = [
    ("vocabulary", "words in the vocabulary", "{:.0f}"),
    ("tokensPerNote", "tokens per note", "{:.2f}"),
    ("secondsIn1024", "seconds of music in 1,024 tokens", "{:.1f}"),
    ("natsPerToken", "nats per token", "{:.3f}"),
    ("bitsPerNote", "**bits per note**", "{:.2f}"),
    ("nGramBitsPerNote", "bits per note, best n-gram", "{:.2f}"),
]
MATTERS = {
    "p": "pitches", "on": "pitches", "pos": "onsets", "bar": "onsets", "shift": "time",
    "len": "lengths", "off": "releases", "vel": "loudness", "tempo": "tempo", "meter": "meter",
    "cut": "meter", "ped": "pedal", "endped": "pedal", "<end>": "end of the piece",
}
WRITTEN = [
    ("notesPerBar", "notes a bar", 1),
    ("emptyBars", "share of bars without an onset", 3),
    ("entropy1", "pitch-class entropy, 1 bar", 2),
    ("entropy4", "pitch-class entropy, 4 bars", 2),
    ("groove", "groove similarity", 3),
    ("onsets", "onsets that come back, 1–8 bars", 3),
    ("classes", "pitch classes that come back, 1–8 bars", 3),
    ("both", "onsets with their pitch classes", 3),
    ("otherMeter", "takes that change the meter", 2),
]


def text(results, tested, places, options):
    models = {name: told for name, told in results.items() if "encoding" in told}
    sections = [
        f"{tested} held-out pieces:", _foreseen(models),
        f"{options.bars} bars after {len(places)} held-out prompts of 8 (mean ± standard error over"
        " prompts; in brackets the mean difference from the composers, where it is more than twice"
        " its own standard error):", _written(results),
        "Onsets with their pitch classes that come back, by distance in bars:", _distances(results)]
    kinds = {name: told for name, told in models.items() if told["bitsPerNoteByKind"]}
    if kinds:
        sections += ["Bits per note by what is told (words per note in brackets):", _matters(kinds)]
    return "\n\n".join(sections)


def _table(head, rows):
    lines = [head, ["---"] * len(head)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _foreseen(models):
    rows = [
        [title] + [form.format(told[key]) for told in models.values()]
        for key, title, form in FORESEEN]
    pieces = [told["bitsPerNoteByPiece"] for told in models.values()]
    rows.append(["bits per note more than the first, mean over pieces"] + [
        _more(one, pieces[0]) if one is not pieces[0] else "–" for one in pieces])
    return _table([""] + list(models), rows)


def _more(bits, first):
    differences = [a - b for a, b in zip(bits, first)]
    mean, error = _mean(differences)
    more = sum(difference > 0 for difference in differences)
    return f"{mean:+.2f} ± {error:.2f} ({more} of {len(bits)} need more)".replace("-", "−")


def _written(results):
    composers = results["composers"]["structure"]
    return _table([""] + list(results), [
        [title] + [_figure(told["structure"], composers, key, digits) for told in results.values()]
        for key, title, digits in WRITTEN])


def _figure(figures, composers, key, digits):
    mean, error = _mean([figure.get(key) for figure in figures])
    if mean is None:
        return "–"
    told = f"{mean:.{digits}f} ± {error:.{digits}f}"
    pairs = [(a.get(key), b.get(key)) for a, b in zip(figures, composers)]
    difference, error = _mean([a - b for a, b in pairs if a is not None and b is not None])
    if figures is composers or difference is None or abs(difference) <= 2 * error:
        return told
    return told + f" [{difference:+.{digits}f}]".replace("-", "−")


def _mean(values):
    """The mean and its standard error."""
    values = [value for value in values if value is not None]
    if not values:
        return None, 0
    deviation = statistics.stdev(values) if len(values) > 1 else 0
    return statistics.fmean(values), deviation / len(values) ** 0.5


def _distances(results):
    return _table(["bars"] + [str(distance) for distance in structure.DISTANCES], [
        [name] + [
            f"{_mean([figure[f'both{distance}'] for figure in told['structure']])[0]:.3f}"
            for distance in structure.DISTANCES]
        for name, told in results.items()])


def _matters(models):
    columns = [_sums(told["bitsPerNoteByKind"]) for told in models.values()]
    return _table([""] + list(models), [
        [matter] + [
            f"{column[matter][0]:.2f} ({column[matter][1]:.2f})" if matter in column else "–"
            for column in columns]
        for matter in dict.fromkeys(matter for column in columns for matter in column)])


def _sums(kinds):
    """(bits, words) per note of each matter, the dearest first."""
    sums = {}
    for kind, told in kinds.items():
        matter = MATTERS.get(kind, kind)
        bits, words = sums.get(matter, (0, 0))
        sums[matter] = bits + told["bits"], words + told["words"]
    return dict(sorted(sums.items(), key=lambda entry: -entry[1][0]))
