"""What the page looks like on three screens in both themes; CLARA_SCREENSHOTS=FOLDER keeps the pictures."""

import os
from pathlib import Path

from playwright.sync_api import expect

from browser import PageTest

SCREENS = {"phone": (390, 844), "tablet": (1024, 768), "wide": (1680, 1050)}
FOLDER = os.environ.get("CLARA_SCREENSHOTS")


class Looks(PageTest):
    theme = "light"
    options = {"color_scheme": "light"}

    def test_it_fits_every_screen(self):
        self.example()
        self.ask(takes=4)
        for name, (width, height) in SCREENS.items():
            with self.subTest(screen=name):
                self.page.set_viewport_size({"width": width, "height": height})
                self.nothing_overflows(width)
                expect(self.page.locator("#roll-scroll")).to_be_in_viewport()
                expect(self.page.locator("#go")).to_be_visible()
                self.assertEqual(self.brightness() > 0.5, self.theme == "light")
                if FOLDER:
                    self.page.screenshot(path=Path(FOLDER, f"studio-{name}-{self.theme}.png"))

    def nothing_overflows(self, width):
        self.assertLessEqual(self.page.evaluate("() => document.documentElement.scrollWidth"), width)

    def brightness(self):
        """Of the page's background, 0 to 1."""
        colour = self.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        parts = colour[colour.index("(") + 1:-1].replace(",", " ").split()[:3]
        return sum(map(float, parts)) / 3 / 255


class DarkLooks(Looks):
    theme = "dark"
    options = {"color_scheme": "dark"}


if __name__ == "__main__":
    import unittest
    unittest.main()
