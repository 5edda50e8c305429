"""The studio's page in a real browser, against clara-studio (CLARA_STUDIO_ADDRESS) or the stub.

    Scripts/test-page            builds and starts clara-studio, and runs this and all other tests
    python3 test_page.py         against the stub server
"""

import re
import unittest

from playwright.sync_api import expect

from browser import PageTest

CONTROLS = {"button", "link", "textbox", "searchbox", "spinbutton", "slider", "combobox", "checkbox",
            "radio", "treeitem", "tree", "application", "dialog", "menuitem", "switch", "listbox"}


class Playing(PageTest):
    def test_computer_keys_play_a_draft_that_is_kept(self):
        expect(self.page.get_by_text("Play a few notes.")).to_be_visible()
        self.press_keys("adg")
        expect(self.page.locator("#draft-text")).to_have_text("You played 3 notes")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        self.assertEqual([note[1] for note in sorted(self.shown_notes())], [60, 64, 67])

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
        path = f"{__file__}/../../../Examples/sonatina-in-c.mid".replace("test_page.py/../", "")
        with open(path, "rb") as file:
            data = file.read()
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


class Answering(PageTest):
    def test_takes_appear_can_be_heard_and_are_judged(self):
        self.press_keys("adg")
        self.ask(takes=3)
        expect(self.page.locator(".lane")).to_have_count(3)
        self.assertEqual(self.names(), ["You", "Take A", "Take B", "Take C"])
        self.page.keyboard.press("2")
        expect(self.chosen()).to_contain_text("Take B")
        expect(self.page.locator("#play")).to_have_attribute("aria-label", "Stop")
        # It is heard when its keys light up.
        expect(self.page.locator(".key.heard").first).to_be_attached()
        self.page.keyboard.press("c")
        expect(self.chosen()).to_contain_text("Take C")
        expect(self.page.locator("#play")).to_have_attribute("aria-label", "Stop")
        self.page.keyboard.press("Shift+C")
        expect(self.chosen()).to_contain_text("Take B")
        self.page.keyboard.press(" ")
        expect(self.page.locator("#play")).to_have_attribute("aria-label", "Play")

    def test_cancelling_stops_at_once_and_leaves_nothing_half_done(self):
        self.press_keys("adg")
        self.page.locator("#bars").fill("64")
        self.page.locator("#takes").fill("8")
        self.page.locator("#go").click()
        expect(self.page.locator("#go")).to_contain_text("Stop")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#go")).to_contain_text("Clara, go on")
        expect(self.page.locator(".node.writing")).to_have_count(0)
        self.assertEqual(self.names()[0], "You")

    def test_branching_at_bar_3_keeps_the_shared_beginning(self):
        self.example()
        whole = self.shown_notes()
        self.page.locator("#roll-scroll").focus()
        self.page.keyboard.press("Home")
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("ArrowRight")
        expect(self.page.locator("#go-sub")).to_have_text("breaking away at bar 3")
        self.ask(takes=2, bars=2)
        start = 2 * 3 * 480
        shown = self.shown_notes()
        self.assertEqual([note[:2] for note in shown if note[0] < start],
                         [note[:2] for note in whole if note[0] < start])
        expect(self.chosen()).to_contain_text("bars 3–4")
        self.assertEqual(self.exported_notes(), shown)

    def test_the_export_equals_what_is_shown_for_every_sibling(self):
        self.press_keys("adgk")
        self.ask(takes=2)
        for row in (1, 2):
            self.rows().nth(row).click()
            expect(self.chosen()).to_have_count(1)
            shown = self.shown_notes()
            self.assertGreater(len(shown), 4)
            self.assertEqual(self.exported_notes(), shown)

    def test_other_forms_can_be_downloaded(self):
        self.example()
        self.page.locator("#export-button").click()
        for name, form in (("MusicXML", "musicxml"), ("WAV", "wav"), ("FLAC", "flac")):
            href = self.page.get_by_role("link", name=re.compile(name)).get_attribute("href")
            self.assertTrue(href.endswith(f"format={form}"))
        self.page.keyboard.press("Escape")


class Keeping(PageTest):
    def test_undo_and_redo_work_after_a_reload(self):
        self.press_keys("adg")
        self.ask(takes=2)
        self.rows().nth(2).click()
        self.page.get_by_role("button", name="Delete", exact=True).click()
        expect(self.rows()).to_have_count(2)
        self.reload()
        expect(self.rows()).to_have_count(2)
        self.page.keyboard.press("Control+z")
        expect(self.rows()).to_have_count(3)
        self.page.keyboard.press("Control+z")
        expect(self.rows()).to_have_count(1)
        self.reload()
        expect(self.rows()).to_have_count(1)
        self.page.get_by_role("button", name="Redo: 2 takes").click()
        expect(self.rows()).to_have_count(3)
        self.page.keyboard.press("Control+Shift+z")
        expect(self.rows()).to_have_count(2)

    def test_names_remarks_and_pins_are_there_after_a_reload(self):
        self.press_keys("adg")
        self.ask(takes=2)
        self.rows().nth(1).click()
        self.page.get_by_label("Name", exact=True).fill("The bold one")
        self.page.get_by_label("Remark", exact=True).fill("Bar 2 sings.")
        self.page.get_by_role("button", name="Pin", exact=True).click()
        expect(self.rows().nth(1)).to_contain_text("The bold one")
        expect(self.rows().nth(1)).to_contain_text("★")
        expect(self.page.get_by_role("button", name="Undo: pinning")).to_be_enabled()
        self.reload()
        expect(self.chosen()).to_contain_text("The bold one")
        expect(self.page.get_by_label("Remark", exact=True)).to_have_value("Bar 2 sings.")
        expect(self.page.get_by_role("button", name="Unpin", exact=True)).to_be_visible()

    def test_notes_are_added_moved_and_deleted_in_the_roll(self):
        self.press_keys("adg")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        before = self.shown_notes()
        self.page.get_by_role("button", name="Edit notes").click()
        roll = self.page.locator("#roll-scroll")
        roll.focus()
        for key in (".", "ArrowUp", "ArrowUp"):
            self.page.keyboard.press(key)
        self.page.wait_for_function("() => document.getElementById('undo').title.includes('changing')")
        self.assertIn(62, [note[1] for note in self.shown_notes()])
        box = roll.bounding_box()
        self.page.mouse.click(box["x"] + 100, box["y"] + 60)
        expect(self.page.get_by_role("button", name="Undo: a new note")).to_be_enabled()
        self.assertEqual(len(self.shown_notes()), 4)
        self.reload()
        self.assertEqual(len(self.shown_notes()), 4)
        # Faster than the server answers: none is lost or done twice.
        for _ in range(3):
            self.page.keyboard.press("Control+z")
        expect(self.page.get_by_role("button", name="Undo: what you played")).to_be_enabled()
        self.assertEqual(self.shown_notes(), before)

    def test_another_piece_can_be_opened_and_the_first_again(self):
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        self.page.get_by_role("button", name="New piece").click()
        expect(self.rows()).to_have_count(0)
        expect(self.page.get_by_text("Play a few notes.")).to_be_visible()
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        self.page.get_by_role("button", name=re.compile(
            "test_another_piece_can_be_opened.*1 take")).first.click()
        expect(self.rows()).to_have_count(1)


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

    def begin(self, bars):
        self.page.locator("#midi").click()
        self.page.locator("#beat-button").click()
        self.page.locator("#tempo").fill("240")
        self.page.locator("#duet-bars").fill(str(bars))
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name=re.compile("^Duet")).click()
        expect(self.page.locator("#draft-text")).to_contain_text("Duet: she listens")

    def phrase(self, *pitches):
        for pitch in pitches:
            self.page.evaluate(f"fakeMIDI.send([0x90, {pitch}, 80]); fakeMIDI.send([0x80, {pitch}, 0])")


class ForEveryone(PageTest):
    def test_every_control_has_a_name(self):
        self.press_keys("adg")
        self.ask(takes=2)
        self.nothing_nameless()
        for opener in ("#beat-button", "#export-button"):
            self.page.locator(opener).click()
            self.nothing_nameless()
            self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        expect(self.page.locator("#sessions li").first).to_be_visible()
        self.nothing_nameless(least=4)

    def nothing_nameless(self, least=100):
        tree = self.context.new_cdp_session(self.page).send("Accessibility.getFullAXTree")
        controls = [node for node in tree["nodes"] if not node.get("ignored")
                    and node.get("role", {}).get("value") in CONTROLS]
        self.assertGreaterEqual(len(controls), least)
        nameless = [node["role"]["value"] for node in controls
                    if not node.get("name", {}).get("value", "").strip()]
        self.assertEqual(nameless, [])

    def test_the_keyboard_alone_is_enough(self):
        self.press_keys("adg")
        self.page.keyboard.press("Enter")
        expect(self.rows()).to_have_count(5)
        expect(self.page.locator(".node.writing")).to_have_count(0)
        self.page.keyboard.press("3")
        expect(self.chosen()).to_contain_text("Take C")
        self.page.keyboard.press("b")
        expect(self.page.locator("#go-sub")).to_contain_text("breaking away")
        self.page.keyboard.press("Control+z")
        expect(self.rows()).to_have_count(1)

    def test_tab_reaches_every_control_that_is_seen(self):
        self.press_keys("adg")
        self.ask(takes=2)
        self.page.evaluate("() => document.activeElement?.blur()")
        reached = set()
        for _ in range(80):
            self.page.keyboard.press("Tab")
            reached.add(self.page.evaluate("() => document.activeElement?.id ?? ''"))
        wanted = {"pieces-button", "undo", "export-button", "theme", "play", "record", "beat-button",
                  "metronome", "duet", "edit", "roll-scroll", "voice", "bars", "takes", "temperature",
                  "go", "node-name", "node-note", "octave-up"}
        self.assertEqual(wanted - reached, set())

    def test_nothing_empty_is_shown_before_all_is_known(self):
        self.press_keys("adg")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        gate = []
        self.page.route("**/api/voices", lambda route: gate.append(route))
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/#{self.session}")
        self.page.wait_for_function("() => document.querySelector('[role=treeitem]')")
        expect(self.page.locator("#play")).not_to_be_visible()
        expect(self.page.get_by_text("Play a few notes.")).not_to_be_visible()
        gate[0].continue_()
        self.ready()
        expect(self.page.locator("#play")).to_be_visible()

    def test_a_studio_that_is_gone_is_said_with_a_way_on(self):
        self.allowed = "Failed to load resource"
        self.press_keys("adg")
        self.page.route("**/takes", lambda route: route.abort())
        self.page.locator("#go").click()
        alert = self.page.get_by_role("alert")
        expect(alert).to_contain_text("The studio does not answer")
        self.page.unroute("**/takes")
        alert.get_by_role("button", name="Try again").click()
        expect(self.rows()).to_have_count(5)
        expect(alert).to_be_empty()

    def test_the_theme_is_kept(self):
        self.page.get_by_role("button", name="Theme: as the system").click()
        self.page.get_by_role("button", name="Theme: light").click()
        expect(self.page.locator("html")).to_have_attribute("data-theme", "dark")
        self.reload()
        expect(self.page.get_by_role("button", name="Theme: dark")).to_be_visible()


class OnAPhone(PageTest):
    size = {"width": 390, "height": 844}
    options = {"has_touch": True, "is_mobile": True}

    def test_one_plays_by_touch_asks_and_finds_the_tree(self):
        for pitch in (60, 64):
            self.page.locator(f".key[data-pitch='{pitch}']").tap(position={"x": 8, "y": 90})
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")
        self.page.locator("#go").tap()
        expect(self.page.locator(".lane:not(.writing)")).to_have_count(4)
        self.page.locator("#side-toggle").tap()
        expect(self.rows()).to_have_count(5)
        expect(self.rows().first).to_be_visible()
        self.page.get_by_role("button", name="Close the tree").tap()
        width = self.page.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
        self.assertEqual(width, [390, 390])


if __name__ == "__main__":
    unittest.main()
