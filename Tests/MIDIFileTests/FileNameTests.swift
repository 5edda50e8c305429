import MIDIFile
import Testing

struct FileNameTests {
    @Test(
        arguments: [
            "a.mid", "b/A.MIDI", "sung.kar", "c.rmi", "c.smf", "clip.midi2", "żółw.mid", "a.b.mid",
        ])
    func namesOfMusicAreKnownByTheirEnds(name: String) {
        #expect(MIDIFile.isName(name))
    }

    @Test(arguments: ["", "/", "mid", ".mid", "a.mid/b", "a.mid.txt", "a.mid2", "a.", "midi/a.wav"])
    func otherNamesAreNot(name: String) {
        #expect(!MIDIFile.isName(name))
    }
}
