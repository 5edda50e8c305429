"""What is there after a reload, and what undo brings back."""

import io
import re
import time

import mido
from playwright.sync_api import expect

from browser import PageTest


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

    def test_what_was_played_is_there_after_a_reload_without_keeping_it(self):
        self.press_keys("adg")
        expect(self.page.locator("#draft-text")).to_have_text("You played 3 notes")
        self.reload()
        expect(self.page.locator("#draft-text")).to_have_text("You played 3 notes")
        self.page.get_by_role("button", name="Keep", exact=True).click()
        expect(self.rows()).to_have_count(1)
        self.assertEqual([note[1] for note in self.shown_notes()], [60, 64, 67])
        self.reload()
        expect(self.rows()).to_have_count(1)
        expect(self.page.locator("#draft-bar")).to_be_hidden()

    def test_a_long_improvisation_and_held_notes_are_there_after_a_reload(self):
        self.page.locator("#midi").click()
        self.page.evaluate("""() => {
            for (let note = 0; note < 1500; note += 1) {
              fakeMIDI.send([0x90, 40 + (note % 40), 80]);
              fakeMIDI.send([0x80, 40 + (note % 40), 0]);
            }
            fakeMIDI.send([0x90, 90, 80]);
        }""")
        told = self.page.locator("#draft-text")
        expect(told).to_contain_text("notes")
        before = told.inner_text()
        self.reload()
        expect(told).to_have_text(before)

    def test_a_new_idea_keeps_the_one_before(self):
        self.page.locator("#beat-button").click()
        self.page.locator("#tempo").fill("300")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#beat-text")).to_contain_text("300")
        self.press_keys("ad")
        # Two bars of 4/4 at this tempo.
        self.page.wait_for_timeout(1700)
        self.press_keys("g")
        expect(self.rows()).to_have_count(1)
        expect(self.page.locator("#draft-text")).to_have_text("You played 1 note")
        self.reload()
        expect(self.rows()).to_have_count(1)
        expect(self.page.locator("#draft-text")).to_have_text("You played 1 note")

    def test_edits_of_a_long_piece_can_all_be_undone_after_a_reload(self):
        self.drop_long_file(3000)
        self.page.get_by_role("button", name="Edit notes").click()
        self.page.locator("#roll-scroll").focus()
        self.page.keyboard.press(".")
        for _ in range(20):
            self.page.keyboard.press("ArrowUp")
        self.saved(60)
        self.reload()
        for _ in range(20):
            self.page.keyboard.press("Control+z")
        self.saved(40)
        self.page.keyboard.press("Control+Shift+z")
        self.saved(41)

    def drop_long_file(self, notes):
        track = mido.MidiTrack()
        for index in range(notes):
            track.append(mido.Message("note_on", note=40 + index % 40, velocity=80, time=0))
            track.append(mido.Message("note_off", note=40 + index % 40, time=120))
        data = io.BytesIO()
        mido.MidiFile(tracks=[track]).save(file=data)
        self.page.set_input_files(
            "#file", {"name": "long.mid", "mimeType": "audio/midi", "buffer": data.getvalue()})
        expect(self.rows()).to_have_count(1)

    def saved(self, pitch):
        """Waits until the server has this pitch as the piece's first."""
        deadline = time.monotonic() + 20
        while True:
            notes = self.api("GET", f"/api/sessions/{self.session}")["nodes"][-1]["notes"]
            first = min(notes, key=lambda note: note["onset"])["pitch"]
            if first == pitch or time.monotonic() > deadline:
                break
            self.page.wait_for_timeout(100)
        self.assertEqual(first, pitch)

    def test_a_remark_that_is_being_typed_is_there_after_a_reload(self):
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep").click()
        remark = self.page.get_by_label("Remark", exact=True)
        remark.fill("Half a thou")
        self.reload()
        expect(remark).to_have_value("Half a thou")

    def test_esc_in_a_field_only_leaves_it(self):
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep").click()
        self.press_keys("g")
        self.page.get_by_label("Remark", exact=True).click()
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#draft-text")).to_have_text("You played 1 note")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#draft-bar")).to_be_hidden()
        # What was thrown away comes back first, and what was kept stays.
        self.page.keyboard.press("Control+z")
        expect(self.page.locator("#draft-text")).to_have_text("You played 1 note")
        expect(self.rows()).to_have_count(1)

    def test_another_page_shows_what_this_one_did(self):
        other = self.context.new_page()
        other.goto(f"{self.address}/#{self.session}")
        other.wait_for_selector("body[data-state=ready]")
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(other.get_by_role("treeitem")).to_have_count(1)

    def test_the_address_opens_a_piece(self):
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        other = self.api("POST", "/api/sessions", {"title": "Other"})["id"]
        self.page.evaluate(f"location.hash = '{other}'")
        expect(self.rows()).to_have_count(0)
        self.page.go_back()
        expect(self.rows()).to_have_count(1)

    def test_deleting_in_the_tree_leaves_the_focus_there(self):
        self.press_keys("ad")
        self.ask(takes=3)
        self.rows().nth(2).focus()
        self.page.keyboard.press("Delete")
        expect(self.rows()).to_have_count(3)
        expect(self.chosen()).to_be_focused()
        self.page.keyboard.press("ArrowUp")
        expect(self.chosen()).to_be_focused()

    def test_what_the_server_does_not_take_can_be_tried_again(self):
        self.allowed = "Failed to load resource"
        self.press_keys("ad")
        self.deaf()
        self.page.get_by_role("button", name="Keep").click()
        expect(self.page.get_by_role("alert")).to_contain_text("does not answer")
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")
        self.reachable()
        self.page.get_by_role("button", name="Try again").click()
        expect(self.rows()).to_have_count(1)
        expect(self.page.locator("#draft-bar")).to_be_hidden()
        self.deaf()
        self.page.get_by_role("button", name="Delete", exact=True).click()
        expect(self.page.get_by_role("alert")).to_contain_text("does not answer")
        expect(self.rows()).to_have_count(1)
        self.reachable()
        self.page.get_by_role("button", name="Try again").click()
        expect(self.rows()).to_have_count(0)

    def test_what_the_server_does_not_take_waits_for_its_piece(self):
        self.allowed = "Failed to load resource"
        self.press_keys("ad")
        self.page.route("**/nodes", lambda route: route.abort())
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        self.page.get_by_role("button", name="New piece").click()
        expect(self.page.get_by_role("alert")).to_contain_text("does not answer")
        self.page.unroute("**/nodes")
        self.open()
        self.reload()
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")

    def test_nothing_that_was_played_is_lost_while_the_server_is_silent(self):
        self.allowed = "Failed to load resource"
        self.page.locator("#beat-button").click()
        self.page.locator("#tempo").fill("300")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#beat-text")).to_contain_text("300")
        self.deaf()
        for keys in ("ad", "gh", "jk"):
            self.press_keys(keys)
            # Two bars of 4/4 at this tempo: another idea.
            self.page.wait_for_timeout(1700)
        # What this has the page send fails as well, before there is a server again.
        with self.page.expect_event("requestfailed"):
            self.press_keys("a")
        self.reachable()
        self.reload()
        expect(self.rows()).to_have_count(3)
        expect(self.page.locator("#draft-text")).to_have_text("You played 1 note")
        self.reload()
        expect(self.rows()).to_have_count(3)

    def test_the_page_works_where_the_browser_keeps_nothing(self):
        self.context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });")
        self.reload()
        self.press_keys("ad")
        self.page.get_by_role("button", name="Keep", exact=True).click()
        expect(self.rows()).to_have_count(1)

    def test_how_one_asks_is_remembered_but_for_the_seed(self):
        self.page.get_by_role("button", name="More…", exact=True).click()
        repeats = self.page.locator("#repeats")
        expect(repeats).to_be_disabled()
        for field, value in (("noRepeat", 12), ("repeats", 2), ("seed", 7)):
            self.page.locator(f"#{field}").fill(str(value))
        self.page.locator("#steady").check()
        self.page.keyboard.press("Escape")
        self.reload()
        expect(self.page.locator("#noRepeat")).to_have_value("12")
        expect(repeats).to_have_value("2")
        expect(repeats).to_be_enabled()
        expect(self.page.locator("#steady")).to_be_checked()
        expect(self.page.locator("#seed")).to_have_value("")

    def test_what_the_server_took_without_being_heard_is_there_once(self):
        self.allowed = "Failed to load resource"

        def take_and_be_silent(route):
            route.fetch()
            route.abort()

        def keep():
            self.page.get_by_role("button", name="Keep", exact=True).click()

        def look_again():
            self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

        for again in (self.reload, keep, look_again):
            self.page.route("**/nodes", take_and_be_silent)
            count = self.rows().count()
            self.press_keys("ad")
            with self.page.expect_event("requestfailed"):
                keep()
            expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")
            self.page.unroute("**/nodes")
            again()
            expect(self.rows()).to_have_count(count + 1)
            expect(self.page.locator("#draft-bar")).to_be_hidden()

    def deaf(self):
        self.page.route("**/api/**", lambda route: route.abort())

    def reachable(self):
        self.page.unroute("**/api/**")

    def test_what_was_played_stays_with_its_piece_when_another_is_opened(self):
        self.press_keys("ad")
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        self.page.get_by_role("button", name="New piece").click()
        # It is open only when the address names it; what is played is no row yet, so that none tells nothing.
        self.page.wait_for_url(lambda url: self.session not in url)
        expect(self.rows()).to_have_count(0)
        self.open()
        self.reload()
        expect(self.rows()).to_have_count(1)

    def test_what_is_thrown_away_can_be_taken_back(self):
        self.press_keys("ad")
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#draft-bar")).to_be_hidden()
        self.page.get_by_role("button", name="Undo", exact=True).last.click()
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")
