"""Takes: asked for, compared, branched, exported."""

import json
import random

from playwright.sync_api import expect

from browser import PageTest

# Whether a lane that is still being written shows notes: they are of a colour, lines and ground are grey.
INK = """() => { const lane = document.querySelector('.lane.writing canvas');
  if (!lane?.width) return false;
  // Of a copy: Chromium complains of canvases that are drawn on and read again and again.
  const copy = new OffscreenCanvas(lane.width, lane.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(lane, 0, 0);
  const { data } = copy.getImageData(0, 0, lane.width, lane.height);
  for (let at = 0; at < data.length; at += 4) {
    const [r, g, b, a] = data.subarray(at, at + 4);
    if (a > 128 && Math.max(r, g, b) - Math.min(r, g, b) > 60) return true;
  }
  return false; }"""
# Milliseconds from pressing Stop until no lane is being written.
CANCEL = """() => new Promise((done) => { const began = performance.now();
  document.getElementById('go').click();
  const look = () => document.querySelector('.lane.writing, .node.writing')
    ? requestAnimationFrame(look) : done(performance.now() - began);
  look(); })"""


# Milliseconds from asking until a note is seen in a lane.
FIRST_NOTE = f"""() => new Promise((done) => {{ const seen = {INK.replace('.lane.writing', '.lane')}; const began = performance.now();
  document.getElementById('go').click();
  const look = () => seen() ? done(performance.now() - began) : requestAnimationFrame(look);
  look(); }})"""


class Answering(PageTest):
    def test_the_first_note_is_soon_on_the_page(self):
        if self.stub:
            self.skipTest("the stub takes its time")
        self.page.locator("#takes").fill("1")
        dice = random.Random(1)
        waits = sorted(self.first_note(dice) for _ in range(20))
        # What is promised holds for 99 of 100 on a machine of one's own; a test may share its two cores.
        self.assertLess(waits[10], 100, f"milliseconds, of {waits}")

    def first_note(self, dice):
        """How long the first note takes after 8 bars that are new to the voice."""
        session = self.api("POST", "/api/sessions", {"title": "New", "tempo": 120})
        self.api("POST", f"/api/sessions/{session['id']}/nodes", {
            "parent": session["root"], "fromBar": 1, "bars": 8, "notes": [
                {"pitch": dice.randrange(48, 84), "onset": step / 2, "duration": 0.5} for step in range(64)]})
        self.page.evaluate(f"location.hash = '{session['id']}'")
        expect(self.rows()).to_have_count(1)
        expect(self.page.locator("#go-sub")).to_have_text("from bar 9")
        wait = self.page.evaluate(FIRST_NOTE)
        expect(self.page.locator("#go")).to_contain_text("Clara, go on")
        return wait

    def test_takes_appear_can_be_heard_and_are_judged(self):
        self.press_keys("adg")
        self.ask(takes=3)
        expect(self.page.locator(".lane")).to_have_count(3)
        expect(self.page.locator("#facts")).to_contain_text("Longest copy")
        expect(self.page.locator("#facts")).to_contain_text("that a person wrote it")
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

    def test_a_take_that_fails_is_told_and_the_others_are_kept(self):
        self.allowed = "Failed to load resource"
        self.press_keys("adg")
        self.ask(takes=1)
        take = self.api("GET", f"/api/sessions/{self.session}")["nodes"][-1] | {"id": "other"}
        told = [("begun", {"job": "1", "seeds": [1, 2]}), ("failed", {"message": "The disk is full."}),
                ("take", {"take": 1, "node": take}), ("end", {"cancelled": False})]
        self.page.route("**/takes", lambda route: route.fulfill(
            content_type="text/event-stream",
            body="".join(f"event: {event}\ndata: {json.dumps(data)}\n\n" for event, data in told)))
        self.page.locator("#takes").fill("2")
        self.page.locator("#go").click()
        alert = self.page.get_by_role("alert")
        expect(alert).to_contain_text("The disk is full.")
        expect(alert.get_by_role("button", name="Try again")).to_be_visible()
        expect(self.rows()).to_have_count(3)
        expect(self.page.locator(".node.writing")).to_have_count(0)

    def ask_for_much(self):
        """Two seconds of writing or less: nothing that takes long may come between this and what is to be seen."""
        self.press_keys("adg")
        self.page.locator("#bars").fill("64")
        self.page.locator("#takes").fill("8")
        self.page.locator("#go").click()
        self.page.wait_for_function(INK)

    def test_what_is_written_can_be_heard(self):
        self.ask_for_much()
        self.page.locator(".lane-hear").nth(1).click()
        expect(self.page.locator("#play")).to_have_attribute("aria-label", "Stop")
        self.page.keyboard.press(" ")
        expect(self.page.locator("#play")).to_have_attribute("aria-label", "Play")

    def test_cancelling_stops_at_once_and_leaves_nothing_half_done(self):
        self.ask_for_much()
        expect(self.page.locator("#go")).to_contain_text("Stop")
        # What comes sooner is taken for the second half of a double click.
        self.page.wait_for_timeout(450)
        took = self.page.evaluate(CANCEL)
        self.assertLess(took, 500)
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

    def test_the_export_equals_what_is_shown_where_notes_meet(self):
        path = f"/api/sessions/{self.session}"
        root = self.api("GET", path)["root"]
        self.api("POST", f"{path}/nodes", {"parent": root, "fromBar": 1, "notes": [
            {"pitch": 60, "onset": 0, "duration": 1}, {"pitch": 60, "onset": 1, "duration": 1}]})
        self.reload()
        self.rows().first.click()
        self.page.get_by_role("button", name="Edit notes").click()
        self.page.locator("#roll-scroll").focus()
        # The second note, into the first.
        for key in (".", ".", "ArrowLeft"):
            self.page.keyboard.press(key)
        expect(self.page.get_by_role("button", name="Undo: changing a note")).to_be_enabled()
        self.page.keyboard.press("Escape")
        self.assertEqual(self.exported_notes(), self.shown_notes())

    def test_a_double_click_is_one_wish(self):
        self.press_keys("adg")
        self.page.locator("#go").dblclick()
        expect(self.page.locator(".lane:not(.writing)")).to_have_count(4)

    def test_a_field_with_what_it_cannot_have_is_named(self):
        self.press_keys("adg")
        self.page.get_by_role("button", name="More…", exact=True).click()
        self.page.locator("#seed").fill("1.5")
        self.page.keyboard.press("Escape")
        self.page.locator("#go").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Seed")

    def test_what_cannot_be_exported_is_said_on_the_page(self):
        self.allowed = "Failed to load resource"
        self.example()
        self.page.route("**/export**", lambda route: route.abort())
        self.page.locator("#export-button").click()
        self.page.get_by_role("link", name="MIDI").click()
        expect(self.page.get_by_role("alert")).to_contain_text("does not answer")

    def test_settings_of_a_take_reach_it(self):
        self.press_keys("adg")
        self.page.locator("#style").select_option("chopin")
        self.page.locator("#temperature").fill("1.1")
        self.page.get_by_role("button", name="More…", exact=True).click()
        for field, value in (("seed", 41), ("topK", 30), ("choiceFrequency", 0.9)):
            self.page.locator(f"#{field}").fill(str(value))
        self.page.locator("#judge").uncheck()
        self.page.keyboard.press("Escape")
        self.ask(takes=1, bars=1)
        take = self.api("GET", f"/api/sessions/{self.session}")["nodes"][-1]["take"]
        self.assertEqual([take[name] for name in ("style", "temperature", "seed", "topK", "choiceFrequency")],
                         ["chopin", 1.1, 41, 30, 0.9])
        self.assertIsNone(take["human"])
