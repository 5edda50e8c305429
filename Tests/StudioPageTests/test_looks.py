"""What the page looks like in both themes, and whether all of it is within reach, on phones, tablets and
desks; CLARA_SCREENSHOTS=FOLDER keeps the pictures."""

import os
from pathlib import Path

from playwright.sync_api import expect

from browser import PageTest

# Each is resized from the one before: narrower, turned, wider.
SCREENS = {"desk": (1440, 900), "phone": (390, 844), "across": (844, 390), "tablet": (1024, 768),
           "wide": (1680, 1050)}
FOLDER = os.environ.get("CLARA_SCREENSHOTS")

SHOWN = """within => [...document.querySelectorAll('button, input, select, textarea, a, [role=treeitem]')]
    .filter(control => control.closest(within) && control.checkVisibility({ visibilityProperty: true }))"""

# What is shown but lies outside the window or under something else, though its boxes scroll to it.
OUT_OF_REACH = """within => {
    const scrollTo = (control, box) => {
        if (!/auto|scroll/.test(getComputedStyle(box).overflow)) return;
        const [inner, outer] = [control, box].map(each => each.getBoundingClientRect());
        box.scrollBy(Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right),
            Math.min(0, inner.top - outer.top) + Math.max(0, inner.bottom - outer.bottom));
    };
    const isWithinReach = control => {
        for (let box = control.parentElement; box; box = box.parentElement) scrollTo(control, box);
        const { left, right, top, bottom } = control.getBoundingClientRect();
        if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return false;
        const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return control.contains(seen) || (seen?.closest('label')?.contains(control) ?? false);
    };
    return (%s)(within).filter(control => !isWithinReach(control))
        .map(control => control.id || control.getAttribute('aria-label') || control.textContent);
}""" % SHOWN

PLACES = """() => (%s)('body').filter(control => control.id !== 'break').map(control => {
    const { x, y, width, height } = control.getBoundingClientRect();
    return [control.id || control.classList[0], x, y, width, height];
})""" % SHOWN

# Lanes whose small roll does not reach from the letter to the right edge, or is drawn for another width.
UNFILLED = """() => [...document.querySelectorAll('.lane-hear')].filter(lane => {
    const roll = lane.querySelector('canvas');
    const room = lane.getBoundingClientRect().right - parseFloat(getComputedStyle(lane).paddingRight);
    return Math.abs(roll.getBoundingClientRect().right - room) > 1 || roll.clientWidth < lane.clientWidth / 2
        || roll.width !== Math.round(roll.clientWidth * devicePixelRatio);
}).length"""


class Screens(PageTest):
    def screens(self):
        """Resizes the window to each screen, and waits until the page has followed."""
        for name, (width, height) in SCREENS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
            yield name

    def ask_until_judged(self, takes):
        """What is known of a take comes after it, and takes room."""
        self.ask(takes=takes)
        expect(self.page.locator(".lane-facts:not(:empty)")).to_have_count(takes, timeout=30000)

    def nothing_out_of_reach_anywhere(self):
        for _ in self.screens():
            self.nothing_out_of_reach()

    def nothing_out_of_reach(self, within="body"):
        self.assertEqual(self.page.evaluate(OUT_OF_REACH, within), [], self.page.viewport_size)


class Looks(Screens):
    theme = "light"
    options = {"color_scheme": "light"}

    def test_it_fits_every_screen(self):
        self.nothing_out_of_reach_anywhere()
        self.example()
        self.ask_until_judged(takes=4)
        for name in self.screens():
            if FOLDER:
                self.page.screenshot(path=Path(FOLDER, f"studio-{name}-{self.theme}.png"))
            self.nothing_out_of_reach()
            self.assertEqual(self.page.evaluate(UNFILLED), 0, name)
            self.assertEqual(self.brightness() > 0.5, self.theme == "light")
        self.reload()
        self.nothing_out_of_reach_anywhere()

    def brightness(self):
        """Of the page's background, 0 to 1."""
        colour = self.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        parts = colour[colour.index("(") + 1:-1].replace(",", " ").split()[:3]
        return sum(map(float, parts)) / 3 / 255


class DarkLooks(Looks):
    theme = "dark"
    options = {"color_scheme": "dark"}


class Reach(Screens):
    """While the page is in use."""

    allowed = "Failed to load resource"

    def test_nothing_moves_when_playing_starts(self):
        self.example()
        self.ask_until_judged(takes=2)
        for name in self.screens():
            before = self.page.evaluate(PLACES)
            self.page.locator("#play").click()
            expect(self.page.locator("#break")).to_be_visible()
            self.assertEqual(self.page.evaluate(PLACES), before, name)
            self.nothing_out_of_reach()
            self.page.locator("#play").click()
            expect(self.page.locator("#break")).to_be_hidden()

    def test_messages_cover_no_control(self):
        self.example()
        self.page.route("**/takes", lambda route: route.abort())
        for _ in self.screens():
            self.page.locator("#go").click()
            expect(self.page.get_by_role("alert")).to_contain_text("The studio does not answer")
            self.page.locator("#play").click()
            self.page.locator("#break").click()
            expect(self.page.locator("#said")).to_contain_text("Music goes on")
            self.page.locator("#play").click()
            expect(self.page.locator("#break")).to_be_visible()
            self.nothing_out_of_reach()
            self.page.locator("#play").click()

    def test_the_tree_and_what_is_asked_open_in_full(self):
        self.example()
        self.ask_until_judged(takes=4)
        for _ in self.screens():
            for opener in ("#side-toggle", "#how"):
                if self.page.locator(opener).is_visible():
                    self.page.locator(opener).click()
                    self.nothing_out_of_reach("#side" if opener == "#side-toggle" else "body")
                    closer = "#side-close" if opener == "#side-toggle" else opener
                    self.page.locator(closer).click()

    def test_what_is_chosen_stays_in_view(self):
        self.example()
        self.ask(takes=1)
        at = self.page.locator("#roll-scroll")
        self.assertEqual(at.evaluate("roll => roll.scrollLeft"), 0)
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.page.wait_for_function("() => document.getElementById('roll-scroll').scrollLeft > 0")


if __name__ == "__main__":
    import unittest
    unittest.main()
