import Audio
import Foundation
import Testing

/// Where SoundFonts are looked for, and what is said where there is none.
struct SoundFontTests {
    private static let head = Data("RIFF\u{4}\u{0}\u{0}\u{0}sfbk".utf8)

    private static func write(_ data: Data, to path: String) throws {
        try data.write(to: URL(fileURLWithPath: path))
    }

    @Test func withoutOneThePackageIsNamed() throws {
        let folder = try ScratchFolder()
        let error = #expect(throws: SoundError.self) {
            try SoundFontLocator(chosen: nil, folders: [folder.path, "/none/there"]).soundFont()
        }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("there is no SoundFont on this machine"))
        #if os(Linux)
            #expect(text.contains("apt install timgm6mb-soundfont"))
        #endif
        #expect(text.contains("--soundfont FILE or in CLARA_SOUNDFONT"))
        #expect(text.contains("\(folder.path), /none/there"))
    }

    @Test func theSystemsChoiceComesBeforeOthers() throws {
        let folder = try ScratchFolder()
        for name in ["a.sf2", "FluidR3_GM.sf2", "default-GM.sf2", "notes.txt"] {
            try Self.write(Self.head, to: folder.file(name))
        }
        let locator = SoundFontLocator(chosen: nil, folders: ["/none/there", folder.path])
        #expect(try locator.soundFont().path == folder.file("default-GM.sf2"))
        try FileManager.default.removeItem(atPath: folder.file("default-GM.sf2"))
        #expect(try locator.soundFont().path == folder.file("FluidR3_GM.sf2"))
        try FileManager.default.removeItem(atPath: folder.file("FluidR3_GM.sf2"))
        #expect(try locator.soundFont().path == folder.file("a.sf2"))
    }

    @Test func theUsersChoiceComesBeforeAll() throws {
        let folder = try ScratchFolder()
        try Self.write(Self.head, to: folder.file("own.sf2"))
        let own = SoundFontLocator(environment: ["CLARA_SOUNDFONT": folder.file("own.sf2")])
        #expect(try own.soundFont().path == folder.file("own.sf2"))
        let missing = SoundFontLocator(environment: ["CLARA_SOUNDFONT": folder.file("gone.sf2")])
        #expect(
            throws: SoundError.unusableSoundFont(
                file: folder.file("gone.sf2"), reason: "there is no such file")
        ) { try missing.soundFont() }
    }

    @Test(arguments: [Data(), Data("RIFF\u{4}\u{0}\u{0}\u{0}WAVE".utf8), Data("MThd".utf8)])
    func anotherKindOfFileIsNoSoundFont(data: Data) throws {
        let folder = try ScratchFolder()
        try Self.write(data, to: folder.file("x.sf2"))
        #expect(
            throws: SoundError.unusableSoundFont(
                file: folder.file("x.sf2"), reason: "it is another kind of file")
        ) { try SoundFont(path: folder.file("x.sf2")) }
    }

    @Test(arguments: ["song", "song.mp3", "song.", "wav"])
    func aNameThatTellsNoFormatIsRefused(name: String) {
        #expect(throws: SoundError.unknownFormat(file: name)) { try SoundFormat(ofFile: name) }
    }

    @Test func formatsFollowNames() throws {
        #expect(try SoundFormat(ofFile: "a.b/SONG.WAV") == SoundFormat(.wav, depth: .sixteen))
        #expect(try SoundFormat(ofFile: "x.flac", depth: .twentyFour).depth == .twentyFour)
        #expect(try SoundFormat(ofFile: "x.ogg").depth == nil)
        #expect(throws: SoundError.noBitDepth(.ogg)) { try SoundFormat(.ogg, depth: .sixteen) }
    }
}
