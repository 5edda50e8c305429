"""The program itself: how soon it is there, what a kill leaves, whom it lets in, many clients at once."""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CLARA_STUDIO_PROGRAM")


class Studio:
    """A clara-studio of its own, until the block ends."""

    def __init__(self, folder, *command, environment=None):
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*(command or (PROGRAM,)), "--port", "0", "--sessions", f"{folder}/studio.sqlite",
             "--library", f"{folder}/library.sqlite"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __enter__(self):
        for line in self.process.stdout:
            if found := re.search("http://[^ /]+", line):
                self.seconds = time.monotonic() - self.began
                self.address = found[0]
                return self
        raise AssertionError("the studio said no address")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None):
        with self.open(method, path, body) as answer:
            return json.load(answer)

    def open(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        return urllib.request.urlopen(urllib.request.Request(
            self.address + path, data, {"Content-Type": "application/json"}, method=method), timeout=60)


@unittest.skipUnless(PROGRAM, "CLARA_STUDIO_PROGRAM names no clara-studio")
class TheProgram(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_it_is_there_in_a_moment(self):
        clara = Path(PROGRAM).with_name("clara")
        command = (str(clara), "studio") if clara.exists() else (PROGRAM,)
        seconds = []
        for _ in range(7):
            with Studio(self.folder, *command) as studio:
                seconds.append(studio.seconds)
        self.assertLess(statistics.median(seconds), 0.3, seconds)

    def test_what_was_saved_survives_a_kill(self):
        with Studio(self.folder) as studio:
            session = studio.ask("POST", "/api/sessions", {"example": "waltz-in-a-minor"})
            place = f"/api/sessions/{session['id']}"
            takes = f"{place}/nodes/{session['nodes'][-1]['id']}/takes"
            with studio.open("POST", takes, {"takes": 2, "bars": 2}) as events:
                self.assertIn("event: end", events.read().decode())
            # Another answer is being written when the process dies.
            events = studio.open("POST", takes, {"takes": 4, "bars": 64})
            self.assertTrue(events.readline())
            before = studio.ask("GET", place)
            studio.process.send_signal(signal.SIGKILL)
            studio.process.wait()
            events.close()
        with Studio(self.folder) as studio:
            after = studio.ask("GET", place)
            self.assertEqual(len(before["nodes"]), len(session["nodes"]) + 2)
            self.assertEqual(after["nodes"], before["nodes"])
            again = f"{place}/nodes/{after['nodes'][-1]['id']}/takes"
            with studio.open("POST", again, {"takes": 1, "bars": 1}) as events:
                self.assertIn("event: take", events.read().decode())

    def test_others_are_let_in_by_a_token_only(self):
        for words, complaint in (
                (["--listen", "0.0.0.0"], "--token"),
                (["--listen", "0.0.0.0", "--token", "short"], "16 letters")):
            ended = subprocess.run([PROGRAM, "--port", "0", *words], capture_output=True, text=True, timeout=20)
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn(complaint, ended.stderr)

    def test_the_demo_opens_it_in_the_browser(self):
        opened = Path(self.folder, "opened")
        browser = Path(self.folder, "open" if sys.platform == "darwin" else "xdg-open")
        browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
        browser.chmod(0o755)
        environment = os.environ | {"PATH": f"{self.folder}:{os.environ['PATH']}"}
        with Studio(self.folder, "Scripts/demo", "--studio", environment=environment) as studio:
            until = time.monotonic() + 10
            while not opened.exists() and time.monotonic() < until:
                time.sleep(0.05)
            self.assertTrue(opened.read_text().startswith(studio.address))

    def test_twenty_clients_are_answered_at_once(self):
        with Studio(self.folder) as studio:
            ended = subprocess.run(
                [sys.executable, "Benchmarks/studio_load.py", "--port", studio.address.rsplit(":", 1)[1],
                 "--pid", str(studio.process.pid), "--clients", "20", "--seconds", "20", "--leaving", "--judge",
                 "--check"], cwd=ROOT, capture_output=True, text=True, timeout=120)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)


if __name__ == "__main__":
    unittest.main()
