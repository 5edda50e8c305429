"""What the page sounds like, and the piece as other programs get it."""

import io
import json
import os
import time
import wave

from playwright.sync_api import expect

from browser import PageTest

# Listens in where the page's sound leaves it: `heard()` is the loudest frequency and its decibels.
EAR = """
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  if (to instanceof AudioDestinationNode) {
    const meter = new AnalyserNode(this.context, { fftSize: 16384, smoothingTimeConstant: 0 });
    connect.call(this, meter);
    window.heard = () => {
      const bins = new Float32Array(meter.frequencyBinCount);
      meter.getFloatFrequencyData(bins);
      const loudest = bins.reduce((best, level, bin) => level > bins[best] ? bin : best, 0);
      return [loudest * meter.context.sampleRate / meter.fftSize, bins[loudest]];
    };
  }
  return connect.call(this, to, ...rest);
};
const decode = BaseAudioContext.prototype.decodeAudioData;
window.decoded = 0;
BaseAudioContext.prototype.decodeAudioData = async function (...data) {
  const buffer = await decode.apply(this, data);
  window.decoded += 1;
  return buffer;
};
window.sources = new Set();
for (const kind of [OscillatorNode, AudioBufferSourceNode]) {
  const start = kind.prototype.start;
  kind.prototype.start = function (...when) {
    window.sources.add(kind.name);
    return start.apply(this, when);
  };
}
"""
QUIET = -70


class Sounding(PageTest):
    def open(self):
        self.context.add_init_script(EAR)
        super().open()

    def play_a4(self):
        """Holds the key of 440 Hz until it is heard, and tells what plays it."""
        key = self.page.locator(".key[data-pitch='69']").bounding_box()
        self.page.mouse.move(key["x"] + 5, key["y"] + key["height"] - 8)
        self.page.mouse.down()
        # The fundamental, or one of its first overtones, to half a semitone.
        self.page.wait_for_function(
            """quiet => {
                const [hertz, level] = window.heard?.() ?? [0, -200];
                const overtone = Math.max(1, Math.round(hertz / 440));
                return level > quiet && overtone <= 4 && Math.abs(hertz / (440 * overtone) - 1) < 0.029;
            }""", arg=QUIET)
        sources = self.page.evaluate("() => [...window.sources]")
        self.page.mouse.up()
        self.page.wait_for_function("quiet => window.heard()[1] < quiet", arg=QUIET)
        return sources

    def test_a_key_sounds_at_its_pitch_from_the_soundfont(self):
        facts = self.api("GET", "/api/sound")
        if not facts["soundFont"]:
            self.skipTest("no SoundFont is installed")
        self.sampled(program=0)
        self.assertEqual(self.play_a4(), ["AudioBufferSourceNode"])

    def test_a_violin_sounds_from_its_own_samples(self):
        if not self.api("GET", "/api/sound")["soundFont"]:
            self.skipTest("no SoundFont is installed")
        self.session = self.api("POST", "/api/sessions", {
            "title": "Sonata", "parts": [{"name": "Violin", "program": 40}]})["id"]
        self.open()
        self.reload()
        self.sampled(program=40)
        self.assertEqual(self.play_a4(), ["AudioBufferSourceNode"])

    def sampled(self, program):
        """Waits until the sample of A4 has come, and all that have come are decoded."""
        self.page.wait_for_function("""program => {
            const names = performance.getEntriesByType('resource').map(({ name }) => name);
            const samples = names.filter((name) => /\\/api\\/sound\\/\\d+\\/\\d+$/.test(name));
            return samples.some((name) => name.endsWith(`/${program}/69`))
                && window.decoded >= samples.length;
        }""", arg=program)

    def test_a_key_sounds_at_once(self):
        self.page.evaluate("""() => {
            window.waits = [];
            let pressed = 0;
            addEventListener('keydown', ({ timeStamp }) => { pressed = timeStamp; }, true);
            for (const kind of [OscillatorNode, AudioBufferSourceNode]) {
                const start = kind.prototype.start;
                kind.prototype.start = function (...when) {
                    if (pressed) window.waits.push(performance.now() - pressed);
                    pressed = 0;
                    return start.apply(this, when);
                };
            }
        }""")
        self.press_keys("adgadgadg")
        waits = sorted(self.page.evaluate("window.waits"))
        self.assertEqual(len(waits), 9)
        self.assertLess(waits[4], 30, "milliseconds from a key to its tone, the median")

    def test_the_metronome_clicks_while_one_records_and_can_be_silent(self):
        self.record()
        # The click on a beat that is not the first.
        self.page.wait_for_function("""quiet => {
            const [hertz, level] = window.heard();
            return level > quiet && Math.abs(hertz / 1175 - 1) < 0.1;
        }""", arg=QUIET)
        self.page.locator("#metronome").click()
        self.page.locator("#record[aria-label='Stop recording']").click()
        self.record()
        # It counted in all the same, and is silent then: two beats are a second.
        self.page.evaluate("window.sources.clear()")
        self.page.wait_for_timeout(1000)
        self.assertEqual(self.page.evaluate("[...window.sources]"), [])

    def record(self):
        """Begins to record and waits for the end of the count-in."""
        self.page.locator("#record").click()
        expect(self.page.locator("#count-in")).to_be_visible()
        expect(self.page.locator("#count-in")).to_be_hidden()

    def test_without_a_soundfont_a_plain_tone_sounds_and_what_to_install_is_said(self):
        self.allowed = "Failed to load resource"
        advice = "No SoundFont is installed; sudo apt install timgm6mb-soundfont"
        self.page.route("**/api/sound", lambda route: route.fulfill(
            content_type="application/json",
            body=json.dumps({"soundFont": None, "advice": advice, "programs": []})))
        self.page.route("**/api/sound/**", lambda route: route.fulfill(status=404, body="{}"))
        self.reload()
        expect(self.page.get_by_text("timgm6mb-soundfont").first).to_be_attached()
        self.assertEqual(self.play_a4(), ["OscillatorNode"])

    def test_the_piece_sounds_while_it_is_played_and_no_longer(self):
        self.example()
        self.page.locator("#play").click()
        self.page.wait_for_function("quiet => window.heard()[1] > quiet", arg=QUIET)
        self.page.get_by_role("button", name="Stop", exact=True).click()
        self.page.wait_for_function("quiet => window.heard()[1] < quiet", arg=QUIET)


class BeforeAnyClick(PageTest):
    """As browsers are usually set: silent until somebody clicks."""

    arguments = ["--no-sandbox"]

    def setUp(self):
        super().setUp()
        self.context.grant_permissions(["midi"])

    def test_a_midi_keyboard_is_told_to_click_and_then_heard(self):
        # Playwright's own calls count as gestures; timers of the page do not, and nothing is asked meanwhile.
        self.context.add_init_script(EAR + """
            setInterval(() => {
                if (!window.fakeMIDI.onmidimessage) return;
                window.fakeMIDI.send([0x90, 69, 90]);
                setTimeout(() => window.fakeMIDI.send([0x80, 69, 0]), 200);
            }, 500);""")
        self.page.reload()
        time.sleep(2)
        expect(self.page.get_by_text("Click anywhere to hear what you play")).to_be_attached()
        self.page.locator("#roll-scroll").click()
        self.page.wait_for_function("quiet => window.heard?.()[1] > quiet", arg=QUIET)


class Exporting(PageTest):
    def test_sheet_music_and_sound_are_downloaded(self):
        self.press_keys("adg")
        self.page.get_by_role("button", name="Keep").click()
        expect(self.rows()).to_have_count(1)
        self.assertEqual(self.exported("MIDI")[:4], b"MThd")
        if self.stub:
            self.skipTest("the stub writes neither sheet music nor sound")
        self.assertIn(b"<score-partwise", self.exported("MusicXML"))
        if not self.api("GET", "/api/sound")["soundFont"]:
            self.skipTest("no SoundFont is installed")
        with wave.open(io.BytesIO(self.exported("WAV"))) as sound:
            self.assertTrue(any(sound.readframes(sound.getnframes())), "silence")
        self.assertEqual(self.exported("FLAC")[:4], b"fLaC")

    def test_a_piece_is_taken_into_the_library(self):
        if not self.stub and "CLARA_STUDIO_OWN" not in os.environ:
            self.skipTest("the library of somebody's studio is left alone")
        self.example()
        self.page.locator("#export-button").click()
        self.page.get_by_role("button", name="library").click()
        expect(self.page.get_by_text("It is in your library now.")).to_be_attached()
