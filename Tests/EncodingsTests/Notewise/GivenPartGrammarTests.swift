import Encodings
import Foundation
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
        #expect(Score(parts: [Part(notes: written)]).mostNotesAtOnce <= 3)
    }

    /// Whatever the given part does, and however little the model expects it.
    @Test(arguments: InstrumentClass.allCases, 0..<6)
    func freeNotesAreAsLikelyAsTheModelSays(_ given: InstrumentClass, seed: Int) throws {
        let score = Score(parts: [part(given, seed: seed)])
        var grammar = try #require(
            Self.encoding.grammar(
                GrammarRules(maximumNotesAtOnce: 200, endStep: 64), given: given, of: score))
        var written = Self.encoding.grammar(GrammarRules(maximumNotesAtOnce: 200))
        var random = SplitMix(seed)
        while !grammar.isFinished {
            var logits = (0..<Self.encoding.vocabulary.count).map { _ in
                Float.random(in: -3...3, using: &random)
            }
            let said = probabilities(logits, allowedBy: written)
            moveRuledOut(by: grammar, in: &logits)
            let meant = probabilities(logits, allowedBy: grammar)
            let words = meant.indices.filter { meant[$0] > 0 }
            let free = words.filter { isFree($0, given: given) }
            for token in free { #expect(abs(meant[token] - said[token]) < 1e-5) }
            // Who waits beyond what is due next waits for it; all else shares what is left.
            let waits = words.filter { Self.encoding.vocabulary[$0].hasPrefix("wait") }
            for token in waits.dropLast() { #expect(meant[token] > said[token] - 1e-5) }
            if let last = waits.last {
                #expect(meant[last] > said[last...].reduce(0, +) - 1e-5)
            } else {
                #expect(words.count == free.count + 1, "what is due stands for all else")
            }
            guard let token = words.randomElement(using: &random) else { return }
            grammar.advance(token)
            written.advance(token)
        }
    }

    /// Its part is asked for, though a model may think that it has nothing to play.
    @Test(arguments: InstrumentClass.allCases, 0..<6)
    func theFreePartDoesNotRestForEver(_ given: InstrumentClass, seed: Int) throws {
        let score = Score(parts: [part(given, seed: seed)])
        var grammar = try #require(
            Self.encoding.grammar(GrammarRules(endStep: 160), given: given, of: score))
        var (random, tokens) = (SplitMix(seed), [Int]())
        while !grammar.isFinished {
            let allowed = (0..<Self.encoding.vocabulary.count).filter(grammar.allows)
            let unwilling = allowed.filter { !isStart($0, besides: given) }
            let token = try #require(
                (unwilling.isEmpty ? allowed : unwilling).randomElement(using: &random))
            grammar.advance(token)
            tokens.append(token)
        }
        let (music, _) = Self.encoding.decode(tokens, ticksPerQuarter: 480, rule: .unlimited)
        let other = try #require(InstrumentClass.allCases.first { $0 != given })
        let written = try #require(music.notesByProgram[other.program])
        let longest = 480 * (GivenPartGrammar.longestRest + 1)
        var end = 0
        for note in written.sorted(by: { $0.onset < $1.onset }) {
            #expect(note.onset.count - end < longest)
            end = max(end, note.end.count)
        }
        #expect(160 * 120 - end < longest)
    }

    private func isStart(_ token: Int, besides given: InstrumentClass) -> Bool {
        isFree(token, given: given) && !Self.encoding.vocabulary[token].hasPrefix("end")
    }

    private func moveRuledOut(by grammar: any MusicGrammar, in logits: inout [Float]) {
        var allowed = [Bool](repeating: false, count: logits.count)
        allowed.withUnsafeMutableBufferPointer { allowed in
            grammar.fillMask(allowed)
            logits.withUnsafeMutableBufferPointer { grammar.moveRuledOut(in: $0, allowed: allowed) }
        }
    }

    private func isFree(_ token: Int, given: InstrumentClass) -> Bool {
        let word = Self.encoding.vocabulary[token]
        let letter = given == .violinLike ? "p" : "v"
        return word.hasPrefix(letter) || word.hasPrefix("end" + letter)
    }

    private func probabilities(_ logits: [Float], allowedBy grammar: any MusicGrammar) -> [Float] {
        let weights = logits.indices.map { grammar.allows($0) ? exp(logits[$0]) : 0 }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    @Test func whereNothingIsGivenNothingIsMoved() {
        var logits: [Float] = (0..<Self.encoding.vocabulary.count).map { Float($0 % 7) }
        let before = logits
        let grammar = Self.encoding.grammar(GrammarRules())
        moveRuledOut(by: grammar, in: &logits)
        #expect(logits == before)
    }

    @Test func onePianoHasNoOtherPart() {
        #expect(
            NotewiseEncoding().grammar(
                GrammarRules(endStep: 8), given: .pianoLike, of: Score(parts: [])) == nil)
    }
}
