"""Playing on the page: keys, MIDI, files, the duet."""

import re
import time
from pathlib import Path

from playwright.sync_api import expect

from browser import PageTest


class Playing(PageTest):
    def test_computer_keys_play_a_draft_that_is_kept(self):
        expect(self.page.get_by_text("Play a few notes.")).to_be_visible()
        self.press_keys("adg")
        expect(self.page.locator("#draft-text")).to_have_text("You played 3 notes")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        self.assertEqual([note[1] for note in sorted(self.shown_notes())], [60, 64, 67])

    def test_where_keys_play_no_notes_the_shortcuts_stay(self):
        self.page.locator("#beat-button").click()
        self.page.locator("#keys-play").uncheck()
        self.page.keyboard.press("Escape")
        before = self.page.locator("#metronome").get_attribute("aria-pressed")
        self.press_keys("adgm")
        expect(self.page.locator("#metronome")).not_to_have_attribute("aria-pressed", before)
        expect(self.page.locator("#draft-bar")).to_be_hidden()

    def test_a_midi_keyboard_plays_with_its_loudness(self):
        self.page.get_by_role("button", name="Connect MIDI").click()
        expect(self.page.locator("#midi")).to_have_text("Test keyboard")
        self.page.evaluate("fakeMIDI.send([0x90, 62, 37])")
        expect(self.page.locator(".key[data-pitch='62']")).to_have_class(re.compile("held"))
        self.page.evaluate("fakeMIDI.send([0x80, 62, 0])")
        expect(self.page.locator(".key[data-pitch='62']")).not_to_have_class(re.compile("held"))
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        self.assertEqual([(note[1], note[3]) for note in self.shown_notes()], [(62, 37)])

    def test_the_mouse_plays_and_slides(self):
        first = self.page.locator(".key[data-pitch='60']").bounding_box()
        last = self.page.locator(".key[data-pitch='65']").bounding_box()
        self.page.mouse.move(first["x"] + 5, first["y"] + first["height"] - 8)
        self.page.mouse.down()
        self.page.mouse.move(last["x"] + 5, last["y"] + last["height"] - 8, steps=30)
        self.page.mouse.up()
        expect(self.page.locator("#draft-text")).to_have_text("You played 4 notes")

    def test_recording_counts_in_and_keeps_the_raw_timing(self):
        self.page.locator("#beat-button").click()
        self.page.locator("#tempo").fill("300")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#beat-text")).to_contain_text("300")
        self.page.locator("#record").click()
        expect(self.page.locator("#count-in")).to_be_visible()
        expect(self.page.locator("#count-in")).to_be_hidden()
        self.press_keys("afh")
        self.page.locator("#record[aria-label='Stop recording']").click()
        expect(self.rows()).to_have_count(1)
        node = self.api("GET", f"/api/sessions/{self.session}")["nodes"][-1]
        self.assertEqual(len(node["raw"]), 3)
        for note in node["notes"]:
            self.assertAlmostEqual(note["onset"] * 12, round(note["onset"] * 12), places=6)

    def test_a_dropped_midi_file_is_the_beginning(self):
        data = (Path(__file__).parents[2] / "Examples/sonatina-in-c.mid").read_bytes()
        self.page.evaluate("""bytes => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], 'mine.mid', { type: 'audio/midi' }));
            for (const kind of ['dragenter', 'drop']) document.body.dispatchEvent(
                new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""", list(data))
        expect(self.page.locator(".node-name")).to_have_text("mine")
        shown = {(onset, pitch) for onset, pitch, _, _ in self.shown_notes()}
        self.assertEqual(shown, {(onset, pitch) for onset, pitch, _, _ in self.notes_in(data)})

    def test_what_is_no_midi_file_is_refused_in_plain_words(self):
        self.allowed = "Failed to load resource"
        self.page.set_input_files("#file", {"name": "no.mid", "mimeType": "audio/midi", "buffer": b"no"})
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile("MIDI", re.I))


class Duetting(PageTest):
    def test_she_answers_in_time_when_one_pauses_and_listens_again(self):
        self.begin(bars=1)
        self.phrase(60, 64, 67)
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she answers")
        duet = self.page.locator("#duet")
        expect(duet).to_have_attribute("data-late", re.compile(r"^-?\d+$"))
        # 50 ms is what is promised.
        self.assertLessEqual(abs(int(duet.get_attribute("data-late"))), 50)
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she listens")
        self.assertEqual(self.names(), ["You", "Take A"])
        self.page.keyboard.press("Escape")
        expect(duet).to_have_attribute("aria-pressed", "false")
        self.assertEqual(self.exported_notes(), self.shown_notes())

    def test_playing_into_her_answer_breaks_away_there(self):
        self.begin(bars=4)
        self.phrase(60, 64)
        # Her first note sounds: the answer has begun.
        expect(self.page.locator("#duet")).to_have_attribute("data-late", re.compile(r"^-?\d+$"))
        answer = self.page.locator(".node-bars").nth(1).inner_text()
        start = int(re.search(r"\d+", answer).group())
        self.page.wait_for_function(
            "bar => Number(document.getElementById('position').textContent.split(' ')[0]) > bar", arg=start)
        self.page.evaluate("fakeMIDI.send([0x90, 72, 90])")
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: you play")
        self.page.evaluate("fakeMIDI.send([0x80, 72, 0])")
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she answers")
        self.page.keyboard.press("Escape")
        played = [node for node in self.api("GET", f"/api/sessions/{self.session}")["nodes"]
                  if node["kind"] == "played"]
        self.assertEqual(len(played), 2)
        self.assertGreater(played[1]["fromBar"], start)
        self.assertLess(played[1]["fromBar"], start + 4)

    def test_the_pause_that_is_set_counts(self):
        self.begin(bars=1, pause=3)
        began = time.monotonic()
        self.phrase(60)
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she answers")
        self.assertGreater(time.monotonic() - began, 2.5)
        self.page.keyboard.press("Escape")

    def test_a_duet_goes_on_from_what_was_played(self):
        self.press_keys("ad")
        self.begin(bars=1)
        expect(self.rows()).to_have_count(1)
        self.phrase(60)
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she answers")
        self.page.keyboard.press("Escape")
        nodes = self.api("GET", f"/api/sessions/{self.session}")["nodes"]
        self.assertEqual([node["fromBar"] for node in nodes if node["kind"] == "played"], [1, 2])

    def test_a_phrase_is_there_after_a_reload(self):
        self.begin(bars=1, pause=3)
        self.phrase(60, 64)
        self.reload()
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")

    def begin(self, bars, pause=0.8):
        self.page.locator("#midi").click()
        self.page.locator("#beat-button").click()
        self.page.locator("#tempo").fill("240")
        self.page.locator("#duet-bars").fill(str(bars))
        self.page.locator("#duet-pause").fill(str(pause))
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name=re.compile("^Duet")).click()
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she listens")

    def phrase(self, *pitches):
        for pitch in pitches:
            self.page.evaluate(f"fakeMIDI.send([0x90, {pitch}, 80]); fakeMIDI.send([0x80, {pitch}, 0])")
