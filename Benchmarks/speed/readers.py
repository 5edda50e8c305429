"""Reading MIDI files into scores, beside the readers that Python has; symusic's is in C++."""

import pathlib
import shutil
import tempfile

from .medians import median, ratio
from .programs import ROOT
from .report import Row, amount
from .session import Job

#: What a musician's folder holds.
FILES = 1000
#: Readers that are so much slower that a sample is enough.
SLOW = ["mido", "pretty_midi"]


class Readers:
    name = "readers"
    peer_modules = ["symusic", *SLOW]
    scouting_seconds = 0
    round_seconds = 10

    def __init__(self, options):
        self.seconds = 1 if options.quick else 2
        self.cores = min(options.threads, 2)
        self.folder = None

    def scouts(self):
        self.folder = tempfile.TemporaryDirectory(prefix="clara-readers-")
        gather(pathlib.Path(self.folder.name))
        return []

    def jobs(self, results, is_first):
        folder = self.folder.name
        jobs = [
            Job("readers, Clara, 1 core", "clara", ["read", folder, "--seconds", self.seconds],
                self.seconds + 1, threads=1),
            self._peer("symusic")]
        if self.cores > 1:
            jobs.append(
                Job(f"readers, Clara, {self.cores} cores", "clara",
                    ["read", folder, "--seconds", self.seconds], self.seconds + 1,
                    threads=self.cores))
        if is_first:
            jobs += [self._peer(reader) for reader in SLOW]
        return jobs

    def _peer(self, reader):
        return Job(
            f"readers, {reader}", "peer",
            ["midi_readers.py", reader, self.folder.name, "--seconds", self.seconds],
            self.seconds + 2, threads=1)

    def rows(self, results):
        clara = results["readers, Clara, 1 core"]

        def against(reader, runs, title, *levels):
            return Row(
                f"{reader}ReadingRatio", title, rate(clara), rate(runs),
                ratio(clara, runs, "filesPerSecond"), *levels,
                note=f"{runs[0]['peer']}; {clara[0]['files']} files, {clara[0]['notes']} notes")

        rows = [
            against("symusic", results["readers, symusic"],
                    "reading MIDI files, 1 core, over symusic", 1.0, 1.5)]
        rows += [
            against(reader, results[f"readers, {reader}"], f"  over {reader}, a sample")
            for reader in SLOW]
        several = results.get(f"readers, Clara, {self.cores} cores")
        if several:
            rows.append(
                Row("readingScalingRatio", f"  {self.cores} cores over 1", rate(several), "",
                    ratio(several, clara, "filesPerSecond"), 0.85 * self.cores,
                    0.95 * self.cores))
        self.folder.cleanup()
        return rows


def rate(runs):
    return amount(median(runs, "filesPerSecond"), "files/s")


def gather(folder):
    """Copies performances into `folder`, repeated until there are enough of them."""
    shared = ROOT.parent / "shared" / "data" / "piano"
    source = shared if shared.is_dir() else ROOT / "Examples"
    files = sorted(source.rglob("*.mid"))
    for index in range(max(FILES, len(files))):
        shutil.copyfile(files[index % len(files)], folder / f"{index:05}.mid")
