import Audio
import Foundation
import Score
import Testing

/// What goes wrong leaves nothing behind and says why.
@Suite(.enabled(if: Sounding.isPossible, Sounding.need))
struct RenderingFailureTests {
    @Test func aPieceWithoutNotesIsRefused() throws {
        let folder = try ScratchFolder()
        #expect(throws: SoundError.noNotes(piece: "rests.mid")) {
            try Sounding.renderer().render(
                Score(parts: []), named: "rests.mid", to: folder.file("r.wav"),
                format: SoundFormat(.wav))
        }
        #expect(try folder.names == [])
    }

    @Test func hoursOfRestsAreRefusedBeforeTheyArePlayed() throws {
        let folder = try ScratchFolder()
        let late = try Pieces.note(60, at: 480 * 2 * 3600 * 5)
        #expect(throws: SoundError.tooLong(piece: "rests.mid", seconds: 18_000.5)) {
            try Sounding.renderer().render(
                Score(parts: [Part(notes: [late])]), named: "rests.mid", to: folder.file("r.wav"),
                format: SoundFormat(.wav))
        }
    }

    @Test func whereNothingCanBeWrittenTheFileIsNamed() throws {
        let folder = try ScratchFolder()
        for path in [folder.file("no/folder.wav"), folder.path] {
            let error = #expect(throws: SoundError.self) {
                try Sounding.renderer().render(
                    Pieces.song(hasStrokes: false), named: "song", to: path,
                    format: SoundFormat(.wav))
            }
            #expect("\(try #require(error))".hasPrefix("\(path): cannot be written: "))
        }
        #expect(try folder.names == [])
    }

    @Test(arguments: [1, 15])
    func stoppingKeepsTheFormerFile(afterQuestions count: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.file("song.wav")
        try Data("former".utf8).write(to: URL(fileURLWithPath: path))
        var asked = 0
        #expect(throws: SoundError.stopped(file: path)) {
            try Sounding.renderer().render(
                Pieces.song(hasStrokes: false), named: "song", to: path, format: SoundFormat(.wav),
                shouldStop: {
                    asked += 1
                    return asked > count
                })
        }
        #expect(try folder.names == ["song.wav"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("former".utf8))
    }

    @Test func aDamagedSoundFontIsNamed() throws {
        let folder = try ScratchFolder()
        let path = folder.file("bad.sf2")
        try Data("RIFF\u{4}\u{0}\u{0}\u{0}sfbkjunk".utf8).write(to: URL(fileURLWithPath: path))
        let renderer = SoundRenderer(soundFont: try SoundFont(path: path))
        #expect(
            throws: SoundError.unusableSoundFont(file: path, reason: "FluidSynth cannot read it")
        ) {
            try renderer.render(
                Pieces.song(hasStrokes: false), named: "song", to: folder.file("s.wav"),
                format: SoundFormat(.wav))
        }
    }
}
