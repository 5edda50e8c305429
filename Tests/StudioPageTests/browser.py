"""What all tests of the page share: a browser, a studio, and a fake MIDI keyboard."""

import io
import os
import re
import shutil
import unittest
from pathlib import Path

import mido
from playwright.sync_api import expect, sync_playwright

import stub_server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

# A keyboard without a keyboard: `fakeMIDI.send([0x90, 60, 90])` is a key.
FAKE_MIDI = """
window.fakeMIDI = { state: 'connected', name: 'Test keyboard', onmidimessage: null,
  send(bytes) { this.onmidimessage({ data: new Uint8Array(bytes), timeStamp: performance.now() }); } };
navigator.requestMIDIAccess = async () => (
  { inputs: new Map([['1', window.fakeMIDI]]), onstatechange: null });
"""


class PageTest(unittest.TestCase):
    """A fresh piece in a fresh browser for each test. What the console says or who else is asked fails it."""

    size = {"width": 1280, "height": 860}
    options: dict = {}
    #: How Chromium is started: without waiting for a click before it sounds.
    arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    #: Messages of the console that a test means to provoke.
    allowed = None

    @classmethod
    def setUpClass(cls):
        cls.stub = None
        cls.address = os.environ.get("CLARA_STUDIO_ADDRESS")
        if not cls.address:
            cls.stub = stub_server.serve(pace=0.02)
            cls.address = f"http://127.0.0.1:{cls.stub.server_port}"
        cls.address = cls.address.rstrip("/")
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=CHROMIUM, args=cls.arguments)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        if cls.stub:
            cls.stub.shutdown()

    def setUp(self):
        self.complaints, self.strangers = [], []
        self.context = self.browser.new_context(
            viewport=self.size, accept_downloads=True, **self.options)
        self.context.add_init_script(FAKE_MIDI)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10000)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.asked)
        session = self.api("POST", "/api/sessions", {"title": self.id().split(".")[-1], "tempo": 120})
        self.session = session["id"]
        self.open()

    def tearDown(self):
        self.context.close()
        self.assertEqual(self.complaints, [], "the console complained")
        self.assertEqual(self.strangers, [], "something was requested elsewhere")

    def heard(self, message):
        if message.type in ("error", "warning") and not (
                self.allowed and re.search(self.allowed, message.text)):
            self.complaints.append(message.text)

    def asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strangers.append(request.url)

    def api(self, method, path, data=None):
        answer = self.context.request.fetch(self.address + path, method=method, data=data)
        self.assertTrue(answer.ok, f"{method} {path}: {answer.status} {answer.text()[:300]}")
        return answer.json()

    def open(self):
        self.page.goto(f"{self.address}/#{self.session}")
        self.ready()

    def reload(self):
        self.page.reload()
        self.ready()

    def ready(self):
        self.page.wait_for_selector("body[data-state=ready]")

    def example(self, name="Waltz in a minor"):
        """Begins with an example, stopped."""
        with self.page.expect_response(lambda r: r.url.endswith("/api/sessions") and r.request.method == "POST"):
            self.page.get_by_role("button", name=re.compile(name, re.I)).click()
        expect(self.rows()).to_have_count(1)
        self.page.get_by_role("button", name="Stop", exact=True).click()
        self.session = self.page.url.split("#")[1]

    def ask(self, takes=4, bars=4):
        """Asks for takes and waits until all are there and judged."""
        self.page.locator("#takes").fill(str(takes))
        self.page.locator("#bars").fill(str(bars))
        self.page.locator("#go").click()
        expect(self.page.locator(".lane:not(.writing)")).to_have_count(takes)
        expect(self.page.locator(".node.writing")).to_have_count(0)
        expect(self.page.locator("#go")).to_contain_text("Clara, go on")

    def press_keys(self, keys="adg"):
        """Plays on the computer's keyboard, one key after the other."""
        for key in keys:
            self.page.keyboard.down(key)
            self.page.keyboard.up(key)

    def rows(self):
        return self.page.get_by_role("treeitem")

    def chosen(self):
        return self.page.locator("[role=treeitem][aria-selected=true]")

    def names(self):
        return self.page.locator(".node-name").all_inner_texts()

    def shown_notes(self):
        """The notes of the shown piece as the page lists them: pitch, onset, duration in 480ths."""
        self.page.locator("#export-button").click()
        self.page.get_by_role("button", name="List of notes").click()
        rows = self.page.locator("#note-rows tr").evaluate_all(
            "rows => rows.map(({dataset: d}) => [d.pitch, d.onset, d.duration, d.velocity].map(Number))")
        self.page.keyboard.press("Escape")
        return sorted((round(o * 480), p, round(d * 480), v) for p, o, d, v in rows)

    def exported(self, form):
        """The bytes of the exported piece."""
        self.page.locator("#export-button").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=re.compile(f"^{form}")).click()
        self.page.keyboard.press("Escape")
        return Path(download.value.path()).read_bytes()

    def exported_notes(self):
        """The notes of the exported MIDI file as mido reads them."""
        return self.notes_in(self.exported("MIDI"))

    @staticmethod
    def notes_in(data):
        midi = mido.MidiFile(file=io.BytesIO(data))
        notes, scale = [], 480 / midi.ticks_per_beat
        for track in midi.tracks:
            now, sounding = 0, {}
            for message in track:
                now += message.time
                if message.type == "note_on" and message.velocity:
                    sounding.setdefault((message.channel, message.note), []).append((now, message.velocity))
                elif message.type in ("note_on", "note_off"):
                    start, velocity = sounding[(message.channel, message.note)].pop(0)
                    notes.append((round(start * scale), message.note, round((now - start) * scale), velocity))
        return sorted(notes)
