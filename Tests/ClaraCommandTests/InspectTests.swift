import Foundation
import Testing

/// `clara inspect`.
struct InspectTests {
    private struct Outline: Decodable {
        struct Part: Decodable {
            let instrument: String
            let notes: Int
            let lowest: String?
        }
        struct Tempo: Decodable {
            let bar: Int
            let value: Double
        }

        struct Track: Decodable {
            let name: String
            let events: Int
        }

        let format: String
        let tracks: [Track]
        let notes: Int
        let bars: Int
        let key: String?
        let parts: [Part]
        let tempos: [Tempo]
        let repairs: [String]
    }

    /// A piano's middle C for a quarter at 100 a minute; its track claims a length that it lacks.
    private static let damaged: [UInt8] =
        [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96]
        + [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 99]
        + [0, 0xFF, 0x51, 3, 0x09, 0x27, 0xC0]
        + [0, 0x90, 60, 64, 96, 0x80, 60, 64, 0, 0xFF, 0x2F, 0]

    @Test func aFileIsToldWhole() throws {
        let folder = ScratchFolder()
        try folder.write(Data(Self.damaged), as: "c.mid")
        let run = try ClaraProgram.run(["inspect", "c.mid", "--json"], in: folder).succeeded()
        let outline = try JSONDecoder().decode(Outline.self, from: Data(run.output.utf8))
        #expect(outline.notes == 1 && outline.bars == 1)
        #expect(outline.key == "C major")
        #expect(outline.format == "format 0")
        #expect(outline.tracks.map(\.events) == [3])
        #expect(outline.parts.map(\.instrument) == ["Acoustic Grand Piano"])
        #expect(outline.parts.map(\.lowest) == ["C4"])
        #expect(outline.tempos.map(\.value) == [100])
        #expect(outline.repairs.count == 1)
    }

    @Test func peopleReadTheSame() throws {
        let run = try ClaraProgram.run(["inspect", Repository.waltz], in: ScratchFolder())
        let text = try run.succeeded().output
        #expect(text.contains("A minor"))
        #expect(text.contains("meter: bar 1, beat 1 (0.0 s): 3/4"))
        #expect(text.contains("Left hand"))
    }

    /// A name that would clear the screen, and a text of two lines.
    @Test func textsAreShownOnOneLineAndCommandNoTerminal() throws {
        let name: [UInt8] = [0, 0xFF, 3, 6, 0x41, 0x1B, 0x5B, 0x32, 0x4A, 0x42]
        var bytes = Self.damaged
        bytes.insert(contentsOf: name + [0, 0xFF, 1, 3, 0x42, 0x0A, 0x43], at: 22)
        let folder = ScratchFolder()
        try folder.write(Data(bytes), as: "c.mid")
        let run = try ClaraProgram.run(["inspect", "c.mid"], in: folder).succeeded()
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.output.contains("A\u{FFFD}[2JB") && run.output.contains("text: B C\n"))
    }

    @Test func theStrictRefuseDamage() throws {
        let folder = ScratchFolder()
        try folder.write(Data(Self.damaged), as: "c.mid")
        let run = try ClaraProgram.run(["inspect", "c.mid", "--strict"], in: folder)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("c.mid: is damaged (track 1, byte"))
        #expect(run.errors.contains("; leave out --strict, or export the file again"))
        let whole = try ClaraProgram.run(["inspect", Repository.waltz, "--strict"], in: folder)
        #expect(whole.status == 0)
    }
}
