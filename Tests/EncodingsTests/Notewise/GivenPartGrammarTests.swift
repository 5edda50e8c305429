import Encodings
import Score
import TestSupport
import Testing

@Suite struct GivenPartGrammarTests {
    private static let encoding: any MusicEncoding = NotewiseEncoding(
        NoteGrid(range: .keys62, resolution: .four, ensemble: .duet))

    /// Notes on the grid, within violin and range, none over another of its pitch.
    private func part(_ instrument: InstrumentClass, seed: Int) -> Part {
        var random = SplitMix(seed)
        let notes = (0..<30).map { index in
            note(
                57 + (index % 3) * 9 + Int.random(in: 0..<9, using: &random), at: 240 * (index / 2),
                for: 120 * Int.random(in: 1...2, using: &random))
        }
        var seen: Set<[Int]> = []
        return Part(
            program: instrument.program,
            notes: notes.filter { seen.insert([$0.pitch.number, $0.onset.count]).inserted })
    }

    /// A text by chance that the grammar allows to its end.
    private func text(_ grammar: any MusicGrammar, seed: Int) -> [Int] {
        var (grammar, random, tokens) = (grammar, SplitMix(seed), [Int]())
        while !grammar.isFinished {
            var mask = [Bool](repeating: false, count: Self.encoding.vocabulary.count)
            mask.withUnsafeMutableBufferPointer { grammar.fillMask($0) }
            #expect(mask.indices.allSatisfy { mask[$0] == grammar.allows($0) })
            guard let token = mask.indices.filter({ mask[$0] }).randomElement(using: &random)
            else {
                Issue.record("nothing may follow")
                return tokens
            }
            grammar.advance(token)
            tokens.append(token)
        }
        return tokens
    }

    @Test(arguments: InstrumentClass.allCases, 0..<6)
    func theGivenPartComesAsItIsAndTheOtherBesides(_ given: InstrumentClass, seed: Int) throws {
        let score = Score(parts: [part(given, seed: seed)])
        let (expected, _) = Self.encoding.decode(
            Self.encoding.encode(score).tokens, ticksPerQuarter: 480, rule: .unlimited)
        let grammar = try #require(
            Self.encoding.grammar(
                GrammarRules(maximumNotesAtOnce: 3, endStep: 64), given: given, of: score))
        var tokens = text(grammar, seed: seed)
        #expect(Self.encoding.steps(of: tokens) == 64)
        Self.encoding.close(&tokens, atStep: 64)
        let (music, report) = Self.encoding.decode(
            tokens, ticksPerQuarter: 480, rule: .unlimited)
        #expect(report.repairs.isEmpty)
        let parts = music.notesByProgram
        #expect(parts[given.program] == expected.notesByProgram[given.program])
        let other = try #require(InstrumentClass.allCases.first { $0 != given })
        let written = try #require(parts[other.program])
        #expect(written.count > 3)
        #expect(Score(parts: [Part(notes: written)]).mostNotesAtOnce <= 3 + 2 * 4)
    }

    @Test func onePianoHasNoOtherPart() {
        #expect(
            NotewiseEncoding().grammar(
                GrammarRules(endStep: 8), given: .pianoLike, of: Score(parts: [])) == nil)
    }
}
