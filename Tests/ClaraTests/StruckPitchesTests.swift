import Clara
import Encodings
import Originality
import Score
import Testing

/// Which notes a token strikes, by which copying is noticed while a take is written.
@Suite struct StruckPitchesTests {
    static let encodings = [
        "notewise-62-12", "notewise-88-4", "notewise-duet-62-12", "barwise-88-12",
        "chordwise-62-12", "chordwise-held-62-12", "chordwise-duet-62-4",
    ]

    @Test("Tokens tell the chords that decoding gives", arguments: encodings)
    func tokensTellTheChords(name: String) throws {
        var piece = GeneratedPieces.score(seed: 3)
        let violin = GeneratedPieces.score(seed: 4, transposed: 12).parts[0]
        piece.parts.append(Part(program: 40, notes: violin.notes))
        let encoding = try #require(EncodingName(name)).encoding(for: [piece])
        let tokens = encoding.encode(piece).tokens
        let pitches = StruckPitches(encoding)
        var grammar = encoding.grammar(GrammarRules(maximumNotesAtOnce: 88))
        var struck: [Int: UInt128] = [:]
        for token in tokens {
            let step = grammar.step
            grammar.advance(token)
            if pitches[token] != 0 { struck[step, default: 0] |= pitches[token] }
        }
        let ticks = 12 * encoding.stepsPerQuarter
        let music = encoding.decode(tokens, ticksPerQuarter: ticks, rule: .unlimited).score
        let chords = ChordSequence(of: music).chords
        #expect(chords.count > 40)
        #expect(struck.count == chords.count)
        for chord in chords {
            #expect(struck[chord.onset.count / 12] == chord.pitches)
        }
    }
}
