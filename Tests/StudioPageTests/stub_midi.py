"""As much of a Standard MIDI File as the stub server reads and writes."""

import struct


def midi_file(notes, session, division=480):
    """A file of one track with these notes."""
    beats, unit = map(int, session["meter"].split("/"))
    events = [(0, 0, b"\xff\x51\x03" + int(60e6 / session["tempo"]).to_bytes(3, "big")),
              (0, 0, bytes([0xFF, 0x58, 4, beats, unit.bit_length() - 1, 24, 8]))]
    for note in notes:
        start = round(note["onset"] * division)
        end = round((note["onset"] + note["duration"]) * division)
        events += [(start, 2, bytes([0x90, note["pitch"], note["velocity"]])),
                   (end, 1, bytes([0x80, note["pitch"], 0]))]
    track, now = b"", 0
    for at, _, message in sorted(events):
        track += length(at - now) + message
        now = at
    track += b"\x00\xff\x2f\x00"
    return struct.pack(">4sIHHH4sI", b"MThd", 6, 0, 1, division, b"MTrk", len(track)) + track


def length(value):
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.insert(0, 0x80 | (value & 0x7F))
    return bytes(digits)


def read_midi(data):
    """Notes of all tracks, the first tempo and the first meter."""
    division = struct.unpack(">H", data[12:14])[0]
    notes, found = [], {"tempo": 120.0, "meter": "4/4"}
    at = 14
    while at < len(data):
        size = struct.unpack(">I", data[at + 4:at + 8])[0]
        read_track(data[at + 8:at + 8 + size], division, notes, found)
        at += 8 + size
    return sorted(notes, key=lambda n: (n["onset"], n["pitch"])), found["tempo"], found["meter"]


def read_track(data, division, notes, found):
    at, now, status, open_notes = 0, 0, 0, {}

    def number():
        nonlocal at
        value = 0
        while True:
            byte = data[at]
            at += 1
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value

    while at < len(data):
        now += number()
        if data[at] >= 0x80:
            status = data[at]
            at += 1
        if status >= 0xF0:
            kind = data[at] if status == 0xFF else None
            at += status == 0xFF
            size = number()
            body = data[at:at + size]
            at += size
            if kind == 0x51 and "timed" not in found:
                found.update(tempo=round(60e6 / int.from_bytes(body, "big"), 3), timed=True)
            if kind == 0x58 and "metered" not in found:
                found.update(meter=f"{body[0]}/{2 ** body[1]}", metered=True)
            continue
        two = status & 0xF0 not in (0xC0, 0xD0)
        first, second = data[at], data[at + 1] if two else 0
        at += 1 + two
        if status & 0xF0 == 0x90 and second:
            open_notes[first] = (now, second)
        elif status & 0xF0 in (0x80, 0x90) and first in open_notes:
            onset, velocity = open_notes.pop(first)
            notes.append({"pitch": first, "onset": onset / division, "part": 0,
                          "duration": (now - onset) / division, "velocity": velocity})
