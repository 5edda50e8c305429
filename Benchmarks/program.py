"""The program clara, asked by the measurements of this folder."""

import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]


class Trouble(Exception):
    """Something that keeps a measurement from going on."""


def say(text):
    print(text, file=sys.stderr, flush=True)


class Clara:
    """The program that CLARA names, or the one built here."""

    def __init__(self):
        self.path = os.environ.get("CLARA") or str(ROOT / ".build" / "release" / "clara")
        if not os.access(self.path, os.X_OK):
            raise Trouble(f"{self.path} is no program: Scripts/demo builds it, or set CLARA")

    def _run(self, *words):
        return subprocess.run([self.path, *map(str, words)], capture_output=True, text=True)

    def output(self, *words):
        """What it prints; a failure is `Trouble`."""
        done = self._run(*words)
        if done.returncode != 0:
            line = shlex.join([self.path, *map(str, words)])
            raise Trouble(f"{line}\n{done.stderr.strip()[-1000:]}")
        return done.stdout

    def train(self, data, recipe, model):
        self.output("train", "--data", data, "--recipe", recipe, "-o", model)

    def evaluate(self, model, data, *flags):
        """The figures for the held-out pieces in a folder, or of one file; None where none is."""
        done = self._run(
            "evaluate", "--model", model, "--data", data, "--split", "validation", "--json", *flags)
        if done.returncode == 0:
            return json.loads(done.stdout)
        if "no piece" in done.stderr:
            return None
        raise Trouble(f"{data}: {done.stderr.strip()[-1000:]}")

    def words(self, piece, encoding):
        return self.output("encode", piece, "--encoding", encoding).split()

    def go_on(self, prompt, model, take, seed, length):
        """Writes one take; `length` is the flag, --bars or --seconds, and its value."""
        return json.loads(self.output(
            "continue", prompt, "-o", take, "--model", model, "--takes", 1, "--seed", seed,
            *length, "--json"))
