"""The page for who has no mouse, no sight, no studio or no desk."""

import re

from playwright.sync_api import expect

from browser import PageTest

CONTROLS = {"button", "link", "textbox", "searchbox", "spinbutton", "slider", "combobox", "checkbox",
            "radio", "treeitem", "tree", "application", "dialog", "menuitem", "switch", "listbox"}


class Named(PageTest):
    def nothing_nameless(self, least=100):
        tree = self.context.new_cdp_session(self.page).send("Accessibility.getFullAXTree")
        controls = [node for node in tree["nodes"] if not node.get("ignored")
                    and node.get("role", {}).get("value") in CONTROLS]
        self.assertGreaterEqual(len(controls), least)
        nameless = [node["role"]["value"] for node in controls
                    if not node.get("name", {}).get("value", "").strip()]
        self.assertEqual(nameless, [])


class ForEveryone(Named):
    def test_every_control_has_a_name(self):
        self.press_keys("adg")
        self.ask(takes=2)
        self.nothing_nameless()
        for opener in ("#beat-button", "#export-button"):
            self.page.locator(opener).click()
            self.nothing_nameless()
            self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name="More…", exact=True).click()
        self.nothing_nameless()
        self.page.keyboard.press("Escape")
        self.page.locator("#edit").click()
        self.nothing_nameless()
        for key in ("?", "n"):
            self.page.keyboard.press(key)
            expect(self.page.locator("dialog[open]")).to_be_visible()
            self.nothing_nameless(least=1)
            self.page.keyboard.press("Escape")
            expect(self.page.locator("dialog[open]")).to_have_count(0)
        self.page.get_by_role("button", name=re.compile("^Pieces")).click()
        expect(self.page.locator("#sessions li").first).to_be_visible()
        self.nothing_nameless(least=4)

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


class OnAPhone(Named):
    size = {"width": 390, "height": 844}
    options = {"has_touch": True, "is_mobile": True}

    def tap_key(self, pitch):
        self.page.locator(f".key[data-pitch='{pitch}']").tap(position={"x": 15, "y": 60})

    def nothing_is_wider_than_the_phone(self):
        width = self.page.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
        self.assertEqual(width, [self.size["width"]] * 2)

    def test_one_plays_by_touch_asks_and_finds_the_tree(self):
        for pitch in (60, 64):
            self.tap_key(pitch)
        expect(self.page.locator("#draft-text")).to_have_text("You played 2 notes")
        self.page.locator("#go").tap()
        expect(self.page.locator(".lane:not(.writing)")).to_have_count(4)
        self.page.locator("#side-toggle").tap()
        expect(self.rows()).to_have_count(5)
        expect(self.rows().first).to_be_visible()
        self.page.get_by_role("button", name="Close the tree").tap()
        self.nothing_is_wider_than_the_phone()

    def test_one_breaks_away_by_touch(self):
        self.page.get_by_role("button", name="Waltz in A minor").tap()
        breaking = self.page.get_by_role("button", name="Break away here")
        expect(breaking).to_be_in_viewport(ratio=1)
        self.nothing_is_wider_than_the_phone()
        breaking.tap()
        expect(self.page.locator("#go-sub")).to_contain_text("breaking away at bar 2")
        expect(breaking).to_be_hidden()

    def test_every_control_has_a_name(self):
        self.tap_key(60)
        self.nothing_nameless(least=30)
        self.page.locator("#side-toggle").tap()
        self.nothing_nameless(least=30)

    def test_help_and_midi_are_within_reach(self):
        self.page.locator("#help-button").tap()
        expect(self.page.locator("#help")).to_be_visible()
        self.page.keyboard.press("Escape")
        self.page.locator("#beat-button").tap()
        self.page.get_by_role("button", name="Connect MIDI").tap()
        expect(self.page.locator("#midi")).to_have_text("Test keyboard")


class OnAPhoneHeldAcross(OnAPhone):
    size = {"width": 844, "height": 390}
