import Score
import Similarity
import Testing

@Suite struct FingerprintTests {
    @Test func bytesGiveTheSameFingerprintBack() throws {
        let print = Fingerprint(of: composed(seed: 1))
        #expect(print.momentCount > 200)
        #expect(try Fingerprint(bytes: print.bytes) == print)
        let empty = Fingerprint(of: Score(parts: []))
        #expect(try Fingerprint(bytes: empty.bytes) == empty)
    }

    @Test func damagedBytesAreRefusedWithTheirPlace() throws {
        let bytes = Fingerprint(of: composed(seed: 1)).bytes
        #expect(throws: FingerprintError.damaged(offset: 0)) { try Fingerprint(bytes: []) }
        #expect(throws: FingerprintError.otherVersion(9)) {
            try Fingerprint(bytes: [9] + bytes.dropFirst())
        }
        #expect(throws: FingerprintError.self) { try Fingerprint(bytes: bytes.dropLast()) }
        // The second moment is to have no pitch classes.
        var broken = bytes
        broken[6] = 0
        broken[7] &= 0xF0
        #expect(throws: FingerprintError.damaged(offset: 6)) { try Fingerprint(bytes: broken) }
    }

    @Test func anyBytesAreReadOrRefused() {
        var generator = Generator(state: 4)
        for count in 0..<300 {
            let bytes =
                [Fingerprint.version]
                + (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if let print = try? Fingerprint(bytes: bytes) { #expect(print.bytes == bytes) }
        }
    }

    @Test func drumsAndOctavesDoNotCount() {
        let notes = [note(60, at: 0), note(64, at: 480), note(67, at: 960)]
        let low = notes.map { note($0.pitch.number - 24, at: $0.onset.count) }
        let drums = Part(isDrums: true, notes: [note(35, at: 0), note(40, at: 240)])
        let plain = Fingerprint(of: Score(parts: [Part(notes: notes)]))
        #expect(Fingerprint(of: Score(parts: [Part(notes: low), drums])) == plain)
        #expect(plain.momentCount == 3)
    }

    @Test func veryLongMusicIsCutOff() {
        let notes = (0..<20_000).map { note(60 + $0 % 12, at: $0 * 100, lasting: 50) }
        let print = Fingerprint(of: Score(parts: [Part(notes: notes)]))
        #expect(print.momentCount == Fingerprint.maximumMoments)
    }

    @Test func errorsSayWhatToDo() {
        #expect("\(FingerprintError.otherVersion(7))".hasSuffix("make it again from the piece"))
        #expect("\(FingerprintError.damaged(offset: 6))".contains("byte 6"))
    }
}
