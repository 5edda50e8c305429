"""Pieces cut into a prompt and what the composer wrote after it, at an even tempo."""

import bisect
import dataclasses
import fractions
import random

import mido

SECONDS_PER_QUARTER = 0.5  # where a text counts time only, a file has 120 quarters a minute
TICKS = 480


@dataclasses.dataclass
class Note:
    """A note; time in quarters."""
    onset: float
    end: float
    pitch: int


class Piece:
    """All messages of a MIDI file in one line, with its meters and tempos."""

    def __init__(self, path):
        file = mido.MidiFile(path, clip=True)
        self.path, self.resolution, self.seconds = path, file.ticks_per_beat, file.length
        now, self.messages = 0, []
        for message in mido.merge_tracks(file.tracks):
            now += message.time
            self.messages.append((now, message))
        self.end = max((tick for tick, message in self.messages if _is_note(message)), default=0)
        self.meters = self._changes(
            "time_signature", lambda m: fractions.Fraction(4 * m.numerator, m.denominator),
            fractions.Fraction(4))
        self.tempos = self._changes("set_tempo", lambda m: m.tempo / 1e6, 0.5)

    def _changes(self, kind, value, first):
        """(tick, value) where the value becomes another; the first one at tick 0."""
        changes = [(0, first)]
        for tick, message in self.messages:
            if message.type == kind:
                if changes[-1][0] == tick:
                    changes.pop()
                if not changes or changes[-1][1] != value(message):
                    changes.append((tick, value(message)))
        return changes

    def passages(self, bars):
        """(first tick, quarters a bar) of every run of so many bars in one meter."""
        found = []
        for index, (tick, quarters) in enumerate(self.meters):
            last = self.meters[index + 1][0] if index + 1 < len(self.meters) else self.end
            bar = int(quarters * self.resolution)
            found += [
                (start, quarters) for start in range(tick, last - bars * bar + 1, bar)]
        return found

    def notes(self, first, last):
        """The notes that begin in a stretch of ticks; time in quarters from its beginning."""
        notes, open_notes = [], {}
        for tick, message in self.messages:
            if not _is_note(message):
                continue
            key = (message.channel, message.note)
            if key in open_notes:
                open_notes.pop(key).end = (tick - first) / self.resolution
            if message.type == "note_on" and message.velocity and first <= tick < last:
                note = Note((tick - first) / self.resolution, 0, message.note)
                open_notes[key] = note
                notes.append(note)
        return notes

    def seconds_between(self, first, last):
        ticks = [tick for tick, _ in self.tempos]
        marks = [first] + [t for t in ticks if first < t < last] + [last]
        return sum(
            (b - a) / self.resolution * self.tempos[bisect.bisect_right(ticks, a) - 1][1]
            for a, b in zip(marks, marks[1:]))


@dataclasses.dataclass
class Place:
    """Where a prompt of `before` bars ends and `after` more bars of the composer's follow."""
    piece: Piece
    first: int
    quarters: fractions.Fraction
    before: int
    after: int

    @property
    def bar(self):
        return float(self.quarters)

    @property
    def cut(self):
        return self.first + int(self.before * self.quarters * self.piece.resolution)

    @property
    def seconds_per_quarter(self):
        """The prompt's mean."""
        seconds = self.piece.seconds_between(self.first, self.cut)
        return seconds / (self.before * self.bar)

    def composed(self):
        """The composer's notes, prompt and all."""
        bars = (self.before + self.after) * self.quarters
        return self.piece.notes(self.first, self.first + int(bars * self.piece.resolution))

    def write_prompt(self, path, clocked):
        """The prompt as a file, even in tempo. Clocked, it has 120 quarters a minute for its seconds,
        and bars so short that wherever it ends is nearly a bar line."""
        stretch = self.seconds_per_quarter / SECONDS_PER_QUARTER if clocked else 1
        meter = (1, 32) if clocked else _signature(self.piece, self.first)
        tempo = 500_000 if clocked else round(1e6 * self.seconds_per_quarter)
        track = mido.MidiTrack([
            mido.MetaMessage("time_signature", numerator=meter[0], denominator=meter[1]),
            mido.MetaMessage("set_tempo", tempo=tempo)])
        now = 0
        for tick, message in self._events():
            at = round((tick - self.first) / self.piece.resolution * TICKS * stretch)
            track.append(message.copy(time=at - now))
            now = at
        file = mido.MidiFile(ticks_per_beat=TICKS)
        file.tracks.append(track)
        file.save(path)

    def _events(self):
        """Notes and pedals of the prompt, with what sounds at its end released."""
        events, down = [], {}
        for tick, message in self.piece.messages:
            key, presses = _key(message), _presses(message)
            if key is None or not self.first <= tick < self.cut or not (presses or key in down):
                continue
            down.pop(key, None)
            if presses:
                down[key] = message
            events.append((tick, message))
        return events + [(self.cut, _release(message)) for message in down.values()]


def choose(pieces, count, before, after, seed):
    """So many places, of as many pieces as there are, dealt by the seed."""
    dealer = random.Random(seed)
    able = [(piece, piece.passages(before + after)) for piece in pieces]
    able = [(piece, passages) for piece, passages in able if passages]
    dealer.shuffle(able)
    places = []
    while able and len(places) < count:
        piece, passages = able[len(places) % len(able)]
        place = Place(piece, *dealer.choice(passages), before, after)
        places.append(place)
    return places


def _is_note(message):
    return message.type in ("note_on", "note_off")


def _key(message):
    """What a message presses or releases; None for others."""
    if _is_note(message):
        return message.channel, message.note
    if message.type == "control_change" and message.control == 64:
        return message.channel, "pedal"
    return None


def _presses(message):
    return (message.type == "note_on" and message.velocity > 0) or (
        message.type == "control_change" and message.value >= 64)


def _release(message):
    if message.type == "control_change":
        return message.copy(value=0)
    return mido.Message("note_off", channel=message.channel, note=message.note)


def _signature(piece, tick):
    meter = (4, 4)
    for at, message in piece.messages:
        if message.type == "time_signature" and at <= tick:
            meter = (message.numerator, message.denominator)
    return meter
