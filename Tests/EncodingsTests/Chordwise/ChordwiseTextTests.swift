import Encodings
import Score
import Testing

/// Chordwise text against what the documentation says of it.
@Suite struct ChordwiseTextTests {
    /// Range 38 from MIDI 45, four steps a quarter of 480 ticks.
    private static let grid = NoteGrid(range: .keys38, resolution: .four)

    private static func encoding(keepsHolds: Bool, of score: Score) -> ChordwiseEncoding {
        ChordwiseEncoding(
            ChordwiseForm(grid, keepsHolds: keepsHolds), gatheringWordsFrom: [score])
    }

    /// A digit for each of 38 pitches, those named set.
    private static func word(_ digits: [Int: Character]) -> String {
        "p" + String((0..<38).map { digits[$0] ?? "0" })
    }

    private static func rest(_ letter: Character) -> String {
        "p" + String(repeating: letter, count: 38)
    }

    /// MIDI 45 for three steps, 47 struck in the second, then nothing until 45 in the sixteenth.
    private static let score = Score(parts: [
        Part(notes: [
            note(45, at: 0, for: 360), note(47, at: 120, for: 120), note(45, at: 1800, for: 120),
        ])
    ])

    @Test func aStepIsAWordAndARestCountsTheStrikesOfTenSteps() {
        let encoding = Self.encoding(keepsHolds: false, of: Self.score)
        let words = encoding.text(for: encoding.encode(Self.score).tokens).split(separator: " ")
        // The strikes of steps 0 and 1 are ten steps back in steps 10 and 11.
        let rests = (2...10).map { _ in Self.rest("c") } + [Self.rest("b")]
        let expected =
            [Self.word([0: "1"]), Self.word([2: "1"])] + rests
            + (12...14).map { _ in Self.rest("a") } + [Self.word([0: "1"])]
        #expect(words.map(String.init) == expected)
    }

    @Test func heldKeysAreTwos() {
        let encoding = Self.encoding(keepsHolds: true, of: Self.score)
        let words = encoding.text(for: encoding.encode(Self.score).tokens).split(separator: " ")
        #expect(
            words.prefix(3) == [
                Self.word([0: "1"])[...], Self.word([0: "2", 2: "1"])[...],
                Self.word([0: "2"])[...],
            ])
    }

    @Test func aNoteLastsTwoStepsUnlessHoldsAreKept() {
        let short = Self.encoding(keepsHolds: false, of: Self.score)
        let notes = short.decode(
            short.encode(Self.score).tokens, ticksPerQuarter: 480, rule: .clara
        ).score.parts.flatMap(\.notes)
        #expect(notes.map(\.duration.count) == [240, 240, 240])
        #expect(notes.map(\.pitch.number) == [45, 47, 45], "no semitone sharp, as in 2018")
        let held = Self.encoding(keepsHolds: true, of: Self.score)
        let whole = held.decode(
            held.encode(Self.score).tokens, ticksPerQuarter: 480, rule: .clara
        ).score.parts.flatMap(\.notes)
        #expect(whole == Self.score.parts[0].notes)
    }

    @Test func inDuetsTheViolinComesFirstAndRestsCountStepsNotTokens() {
        let score = Score(parts: [
            Part(program: 40, notes: [note(60, at: 0, for: 120)]),
            Part(program: 0, notes: [note(45, at: 0, for: 120), note(45, at: 1320, for: 120)]),
        ])
        let form = ChordwiseForm(
            NoteGrid(range: .keys38, resolution: .four, ensemble: .duet), keepsHolds: false)
        let encoding = ChordwiseEncoding(form, gatheringWordsFrom: [score])
        let words = encoding.text(for: encoding.encode(score).tokens).split(separator: " ")
        #expect(words.enumerated().allSatisfy { $1.first == ($0.isMultiple(of: 2) ? "v" : "p") })
        // Step 10 looks back on steps 0…9, which have both strikes; step 11 on none.
        #expect(words[20] == "v" + String(repeating: "c", count: 38))
        #expect(words[22] == "v" + String(repeating: "a", count: 38))
    }

    @Test func moreThanFiftyOneStrikesCountAsSo() {
        let cluster = Score(parts: [
            Part(
                notes: (0..<2).flatMap { step in
                    (45...82).map { note($0, at: step * 120, for: 60) }
                } + [note(45, at: 360, for: 60)])
        ])
        let encoding = Self.encoding(keepsHolds: false, of: cluster)
        let words = encoding.text(for: encoding.encode(cluster).tokens).split(separator: " ")
        #expect(words[2] == Self.rest("Z"))
    }

    @Test func aChordWithoutAWordKeepsItsOuterKeys() {
        let encoding = ChordwiseEncoding(ChordwiseForm(Self.grid))
        let chord = Score(parts: [Part(notes: [45, 50, 57].map { note($0, at: 0, for: 120) })])
        let (tokens, report) = encoding.encode(chord)
        #expect(encoding.text(for: tokens) == Self.word([12: "1"]))
        #expect(report[.noWord] == 2 && report.encodedNotes == 1)
    }

    @Test func aWordFromElsewhereIsUnknownAndWrongOnesAreErrors() throws {
        let encoding = ChordwiseEncoding(ChordwiseForm(Self.grid))
        let tokens = try encoding.tokens(fromText: Self.word([0: "1", 1: "1"]))
        #expect(encoding.text(for: tokens) == "p<unknown>")
        let error = #expect(throws: UnknownWordError.self) {
            try encoding.tokens(fromText: Self.word([:]) + " p01")
        }
        #expect(error?.position == 1)
    }

    @Test func aVocabularyHasAShapeInAllKeysOrInNone() throws {
        let score = Score(parts: [Part(notes: [60, 64].map { note($0, at: 0, for: 120) })])
        let form = ChordwiseForm(Self.grid)
        let encoding = ChordwiseEncoding(form, gatheringWordsFrom: [score])
        // <start>, <end>, unknown, 52 rests, 38 single keys, the third in twelve keys.
        #expect(encoding.vocabulary.count == 2 + 1 + 52 + 38 + 12)
        let small = ChordwiseEncoding(form, gatheringWordsFrom: [score], mostWords: 11)
        #expect(small.vocabulary.count == 2 + 1 + 52 + 38)
    }
}
