import Clara
import Foundation
import MIDIFile
import Score
import TestSupport
import Testing

@Suite struct ConversionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["notewise-38-12", "notewise-62-4", "notewise-88-12"])
    func aPieceComesBackThroughFiles(encoding: String) throws {
        let converter = try TextConverter(encoding: encoding)
        for seed in 1...5 {
            let first = try folder.write(GeneratedPieces.bytes(seed: seed), to: "a.mid")
            let text = try converter.text(ofFile: first)
            try OutputFile(folder.file("a.txt")).write(text.text + "\n")
            let music = try converter.music(ofFile: folder.file("a.txt"))
            try music.write(to: folder.file("b.mid"))
            #expect(try converter.text(ofFile: folder.file("b.mid")).text == text.text)
            #expect(music.score.noteCount == text.notes)
            #expect(music.repairs.isEmpty)
        }
        #expect(folder.contents == ["a.mid", "a.txt", "b.mid"])
    }

    @Test func claraNeedsTheReleaseSoonAndUnlimitedDoesNot() throws {
        let text = "p20 " + String(repeating: "wait1 ", count: 300) + "endp20 wait1"
        let converter = try TextConverter()
        let long = try converter.music(ofText: text, named: "t")
        let short = try converter.music(ofText: text, named: "t", releases: .clara)
        #expect(long.score.end == Ticks(301 * 40))
        #expect(short.score.end == Ticks(12 * 40))
        #expect(long.repairs.isEmpty)
        #expect(!short.repairs.isEmpty)
    }

    @Test func theTempoIsTheFiles() throws {
        let music = try TextConverter().music(
            ofText: "p20 wait24 endp20 wait1", named: "t", tempo: Tempo(quartersPerMinute: 60))
        #expect(abs(music.score.seconds - 25.0 / 12) < 1e-6)
    }

    @Test(arguments: [0, 3.9, -120, .nan, .infinity, 1001])
    func anImpossibleTempoIsSaidSo(number: Double) {
        let error = #expect(throws: TempoError.self) { try Tempo(quartersPerMinute: number) }
        #expect(
            error?.description == "\(number) is no tempo; give 4 to 1000 quarter notes a minute")
    }

    @Test(arguments: [
        ("", "there are no notes in it that Clara could use (drums do not count)"),
        ("wait3 endp4", "there are no notes in it that Clara could use (drums do not count)"),
        (
            "p20 wait3 do",
            "word 3, “do”, is not in the encoding, which has <start>, <end>, p0…p61, endp0…endp61, "
                + "wait1…wait25; correct it or name the encoding that the text is in"
        ),
    ])
    func aTextThatIsNoneIsSaidSo(text: String, problem: String) throws {
        let path = try folder.write(text, to: "t.txt")
        let error = #expect(throws: ConversionError.self) {
            try TextConverter().music(ofFile: path)
        }
        #expect(error?.description == "\(path): \(problem)")
    }

    @Test func aFileThatIsNoTextIsSaidSo() throws {
        try folder.write(GeneratedPieces.bytes(seed: 1) + [0xFF, 0xFE], to: "a.mid")
        for (name, reason) in [
            ("a.mid", "it is not text"), ("none.txt", "there is no such file"),
            ("", "it is a folder"),
        ] {
            let path = folder.file(name)
            let error = #expect(throws: ConversionError.self) {
                try TextConverter().music(ofFile: path)
            }
            #expect(
                error?.description
                    == "\(path): cannot be read: \(reason); give a text such as clara "
                    + "encode writes")
        }
    }

    @Test func anUnknownEncodingIsSaidSo() {
        let error = #expect(throws: ConversionError.self) { try TextConverter(encoding: "morse") }
        #expect(error?.description.hasPrefix("there is no encoding “morse”; use notewise-") == true)
    }

    @Test func lossesAreTold() throws {
        let high = Part(notes: GeneratedPieces.score(seed: 1, transposed: 30).parts[0].notes)
        let drums = Part(isDrums: true, notes: GeneratedPieces.score(seed: 2).parts[0].notes)
        let path = try folder.write(MIDIFile.write(Score(parts: [high, drums])), to: "a.mid")
        let losses = try TextConverter().text(ofFile: path).losses.joined(separator: "; ")
        #expect(losses.contains("notes of drums left out"))
        #expect(losses.contains("notes outside the range moved by octaves"))
    }

    @Test func aFileCutShortIsRefused() throws {
        let path = try folder.write(GeneratedPieces.bytes(seed: 1).dropLast(60), to: "a.mid")
        #expect(throws: MIDIFileError.self) { try TextConverter().text(ofFile: path) }
    }
}
