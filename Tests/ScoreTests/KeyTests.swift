import Score
import Testing

struct KeySignatureTests {
    @Test(arguments: [
        (0, KeySignature.Mode.major, "C major", 0), (-3, .major, "E♭ major", 3),
        (4, .minor, "C♯ minor", 1), (-7, .minor, "A♭ minor", 8), (7, .major, "C♯ major", 1),
        (7, .minor, "A♯ minor", 10), (-7, .major, "C♭ major", 11), (-1, .major, "F major", 5),
        (1, .minor, "E minor", 4), (-2, .minor, "G minor", 7), (6, .major, "F♯ major", 6),
    ])
    func keysHaveTheirNamesAndTonics(
        sharps: Int, mode: KeySignature.Mode, name: String, tonic: Int
    ) throws {
        let key = try #require(KeySignature(sharps: sharps, mode: mode))
        #expect(key.name == name)
        #expect(key.tonic == tonic)
    }

    @Test(arguments: [-8, 8, 20, .min, .max])
    func noSignatureHasMoreThanSevenSigns(sharps: Int) {
        #expect(KeySignature(sharps: sharps, mode: .major) == nil)
    }

    @Test func theKeyHoldsFromItsTickOn() throws {
        let flats = try #require(KeySignature(sharps: -2, mode: .major))
        let map = KeyMap([
            .init(tick: Ticks(960), key: flats), .init(tick: Ticks(480), key: .none),
        ])
        #expect(map.key(at: Ticks(479)) == nil)
        #expect(map.key(at: Ticks(480)) == KeySignature.none)
        #expect(map.key(at: Ticks(5000)) == flats)
        #expect(KeyMap().key(at: .zero) == nil)
    }
}

struct KeyEstimateTests {
    /// A scale up and down, twice as long on the tonic triad, from `tonic` on.
    private static func melody(on tonic: Int, steps: [Int]) throws -> [Note] {
        var onset = 0
        return try (steps + steps.reversed()).map { step in
            let length = [0, 3, 4, 7].contains(step) ? 960 : 480
            defer { onset += length }
            let pitch = try #require(Pitch(tonic + step))
            return Note(pitch: pitch, onset: Ticks(onset), duration: Ticks(length))
        }
    }

    @Test(arguments: 48..<60)
    func aMajorScaleIsInItsKey(tonic: Int) throws {
        let notes = try Self.melody(on: tonic, steps: [0, 2, 4, 5, 7, 9, 11, 12])
        let key = try #require(KeyEstimate(of: notes)).key
        #expect(key.tonic == tonic % 12)
        #expect(key.mode == .major)
    }

    @Test(arguments: 48..<60)
    func aHarmonicMinorScaleIsInItsKey(tonic: Int) throws {
        let notes = try Self.melody(on: tonic, steps: [0, 2, 3, 5, 7, 8, 11, 12])
        let key = try #require(KeyEstimate(of: notes)).key
        #expect(key.tonic == tonic % 12)
        #expect(key.mode == .minor)
    }

    /// Many files say major whatever their music, none minor for nothing.
    @Test func aSignatureOfMinorIsBelieved() throws {
        let notes = try Self.melody(on: 60, steps: [0, 2, 4, 5, 7, 9, 11, 12])
        let minor = try #require(KeySignature(sharps: 0, mode: .minor))
        let score = Score(
            keyMap: KeyMap([.init(tick: .zero, key: minor)]), parts: [Part(notes: notes)])
        #expect(score.principalKey == minor)
    }

    @Test func theSignatureIsBelievedAndThatItIsMajorIsNot() throws {
        let notes = try Self.melody(on: 57, steps: [0, 2, 3, 5, 7, 8, 11, 12])
        let drums = Part(isDrums: true, notes: try Self.melody(on: 42, steps: [0, 1, 0, 1, 0]))
        let score = Score(
            keyMap: KeyMap([.init(tick: .zero, key: .none)]), parts: [Part(notes: notes), drums])
        #expect(score.principalKey == KeySignature(sharps: 0, mode: .minor))
        #expect(Score(parts: [drums]).principalKey == nil)
    }
}
