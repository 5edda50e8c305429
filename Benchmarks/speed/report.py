"""The rows of the table, and their printing."""

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import sys

from .programs import Trouble


@dataclasses.dataclass(frozen=True)
class Row:
    """One figure, with the bar that it should clear and the aim beyond it."""

    #: The key of the ratio in the JSON, ending in Ratio.
    key: str
    title: str
    clara: str
    peer: str
    ratio: float
    bar: float | None = None
    aim: float | None = None
    smaller_is_better: bool = False
    #: How the ratio is written: "×" or "%".
    unit: str = "×"
    note: str = ""

    def clears(self, level):
        return self.ratio <= level if self.smaller_is_better else self.ratio >= level

    @property
    def is_missed(self):
        return self.bar is not None and not self.clears(self.bar)

    @property
    def verdict(self):
        if self.bar is None:
            return ""
        if self.aim is not None and self.clears(self.aim):
            return "aim met"
        return "missed" if self.is_missed else "met"

    def written(self, value):
        if value is None:
            return ""
        return f"{100 * value:.1f} %" if self.unit == "%" else f"{value:.2f}×"

    def level(self, value):
        if value is None:
            return ""
        sign = "≤" if self.smaller_is_better else "≥"
        return f"{sign} {100 * value:g} %" if self.unit == "%" else f"{sign} {value:g}×"


def amount(value, unit):
    """A number with about three digits and its unit."""
    text = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{text} {unit}"


def table(rows, session):
    lines = [["figure", "Clara", "peer", "ratio", "bar", "aim", ""]]
    notes = []
    for row in rows:
        mark = ""
        if row.note:
            notes.append(row.note)
            mark = f" [{len(notes)}]"
        lines.append([
            row.title + mark, row.clara, row.peer, row.written(row.ratio), row.level(row.bar),
            row.level(row.aim), row.verdict])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    text = [
        "  ".join(
            cell.ljust(width) if column == 0 or column == 6 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines]
    text.insert(1, "─" * len(max(text, key=len)))
    text += [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    return "\n".join([*text, "", described(session)])


def described(session):
    rounds = f"{session.rounds} rounds in turn, medians"
    torch = f"PyTorch {session.torch}; " if session.torch else ""
    return f"{processor()}, {session.options.threads} threads; {torch}{rounds}"


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def write_json(path, rows, details, session):
    """Each ratio at the top under its key; the table's rows and all that was measured below."""
    document = {row.key: row.ratio for row in rows if row.ratio is not None}
    document["rows"] = [dataclasses.asdict(row) | {"verdict": row.verdict} for row in rows]
    document["machine"] = {
        "processor": processor(), "cores": os.cpu_count(), "system": platform.platform(),
        "threads": session.options.threads, "torch": session.torch, "rounds": session.rounds,
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
    }
    document["measured"] = details
    text = json.dumps(document, indent=2, ensure_ascii=False)
    if path == "-":
        print(text)
        return
    pathlib.Path(path).write_text(text + "\n")
    print(f"wrote {path}", file=sys.stderr)


def check_writable(path):
    """Finds out before the measuring, which takes minutes."""
    if path in (None, "-"):
        return
    try:
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a"):
            pass
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror}") from error
