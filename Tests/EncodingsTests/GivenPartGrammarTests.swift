import Encodings
import Foundation
import Score
import TestSupport
import Testing

@Suite struct GivenPartGrammarTests {
    /// A text, and which part of a duet is given in it.
    struct Case: Sendable, CustomTestStringConvertible {
        let encoding: any MusicEncoding
        let given: InstrumentClass

        var testDescription: String { "\(encoding.identifier), \(given) given" }
        var free: InstrumentClass { given == .pianoLike ? .violinLike : .pianoLike }

        func grammar(hands: Int = 10, endStep: Int, of score: Score) throws -> any MusicGrammar {
            try #require(
                encoding.grammar(
                    GrammarRules(maximumNotesAtOnce: hands, endStep: endStep), given: given,
                    of: score))
        }

        /// Whether a word strikes a note of the free instrument, or says how loud.
        func isStrike(_ token: Int) -> Bool {
            let word = encoding.vocabulary[token]
            let letter = free == .pianoLike ? "p" : "v"
            return word.hasPrefix(letter) && (word.dropFirst().first?.isNumber ?? false)
                || word.hasPrefix(letter + "vel")
        }

        /// Whether it is the free instrument's own.
        func isFree(_ token: Int) -> Bool {
            let word = encoding.vocabulary[token]
            return isStrike(token) || word.hasPrefix(free == .pianoLike ? "endp" : "endv")
                || word == "ped" && free == .pianoLike
        }

        /// Whether it tells of what is neither instrument's.
        func isFrame(_ token: Int) -> Bool {
            let word = encoding.vocabulary[token]
            return ["meter", "cut", "tempo"].contains { word.hasPrefix($0) }
                || given == .pianoLike && word.hasSuffix("ped")
        }

        /// What lets time pass, the shortest first.
        var passing: [Int] {
            let words = encoding.vocabulary.words.indices.filter {
                ["wait", "pos"].contains(where: encoding.vocabulary[$0].hasPrefix)
            }
            return words
                + encoding.vocabulary.words.indices.filter { encoding.vocabulary[$0] == "bar" }
        }
    }

    private static let grid = NoteGrid(range: .keys62, resolution: .four, ensemble: .duet)
    static let cases = InstrumentClass.allCases.flatMap { given in
        [
            Case(encoding: NotewiseEncoding(grid), given: given),
            Case(encoding: BarwiseEncoding(grid), given: given),
        ]
    }

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
    private func text(_ grammar: any MusicGrammar, of words: Int, seed: Int) -> [Int] {
        var (grammar, random, tokens) = (grammar, SplitMix(seed), [Int]())
        while !grammar.isFinished {
            var mask = [Bool](repeating: false, count: words)
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

    /// What a text by chance tells beside a score.
    private func music(_ test: Case, hands: Int = 10, beside score: Score, seed: Int) throws
        -> Score
    {
        let grammar = try test.grammar(hands: hands, endStep: 64, of: score)
        var tokens = text(grammar, of: test.encoding.vocabulary.count, seed: seed)
        #expect(test.encoding.steps(of: tokens) == 64)
        test.encoding.close(&tokens, atStep: 64)
        let (music, report) = test.encoding.decode(
            tokens, ticksPerQuarter: 480, rule: .unlimited)
        #expect(report.repairs.isEmpty)
        return music
    }

    private func written(_ test: Case, _ score: Score) -> Score {
        test.encoding.decode(
            test.encoding.encode(score).tokens, ticksPerQuarter: 480, rule: .unlimited
        ).score
    }

    @Test(arguments: cases, 0..<6)
    func theGivenPartComesAsItIsAndTheOtherBesides(_ test: Case, seed: Int) throws {
        let score = Score(parts: [part(test.given, seed: seed)])
        let parts = try music(test, hands: 3, beside: score, seed: seed).notesByProgram
        let program = test.given.program
        #expect(parts[program] == written(test, score).notesByProgram[program])
        let other = try #require(parts[test.free.program])
        #expect(other.count > 3)
        #expect(Score(parts: [Part(notes: other)]).mostNotesAtOnce <= 3)
    }

    /// An upbeat, changes of meter and tempo, the pedal: of the given part, and of nothing else.
    @Test(arguments: InstrumentClass.allCases, 0..<6)
    func barsTemposAndThePedalStay(_ given: InstrumentClass, seed: Int) throws {
        let test = Case(encoding: BarwiseEncoding(Self.grid), given: given)
        var part = part(given, seed: seed)
        part = Part(
            program: part.program, notes: part.notes,
            pedals: [Pedal(down: Ticks(480), up: Ticks(1440))])
        func change(_ numerator: Int, _ denominator: Int, _ tick: Int) throws -> MeterMap.Change {
            .init(tick: Ticks(tick), meter: try #require(Meter(numerator, denominator)))
        }
        let score = Score(
            tempoMap: TempoMap([
                .init(tick: .zero, microsecondsPerQuarter: 500_000),
                .init(tick: Ticks(1920), microsecondsPerQuarter: 900_000),
            ]),
            meterMap: MeterMap([
                try change(3, 4, 0), try change(3, 4, 480), try change(6, 8, 1920),
            ]), parts: [part])
        let (music, expected) = (try music(test, beside: score, seed: seed), written(test, score))
        #expect(music.meterMap == expected.meterMap)
        #expect(music.tempoMap == expected.tempoMap)
        #expect(music.notesByProgram[given.program] == expected.notesByProgram[given.program])
        let pedals = music.parts.flatMap(\.pedals)
        #expect(given == .violinLike || pedals == part.pedals)
    }

    /// Whatever the given part does, and however little the model expects it.
    @Test(arguments: cases, 0..<6)
    func freeNotesAreAsLikelyAsTheModelSays(_ test: Case, seed: Int) throws {
        let score = Score(parts: [part(test.given, seed: seed)])
        var grammar = try test.grammar(hands: 200, endStep: 64, of: score)
        var written = test.encoding.grammar(GrammarRules(maximumNotesAtOnce: 200))
        var random = SplitMix(seed)
        var last: Int?
        while !grammar.isFinished {
            var logits = (0..<test.encoding.vocabulary.count).map { _ in
                Float.random(in: -3...3, using: &random)
            }
            let said = probabilities(logits) {
                written.allows($0) && (grammar.allows($0) || !test.isFrame($0))
            }
            moveRuledOut(by: grammar, in: &logits)
            let meant = probabilities(logits, where: grammar.allows)
            let words = meant.indices.filter { meant[$0] > 0 }
            let free = words.filter(test.isFree)
            // Whose loudness was told must strike: all words are free, and share what the others had.
            let mustStrike =
                last.map { test.isStrike($0) && test.encoding.vocabulary[$0].contains("vel") }
                ?? false
            if !mustStrike {
                for token in free { #expect(abs(meant[token] - said[token]) < 1e-5) }
            }
            // Who lets time pass beyond what is due next waits for it; all else shares what is left.
            let waits = test.passing.filter { meant[$0] > 0 }
            for token in waits.dropLast() { #expect(meant[token] > said[token] - 1e-5) }
            if let longest = waits.last {
                let beyond = test.passing.drop { $0 != longest }
                #expect(meant[longest] > beyond.reduce(0) { $0 + said[$1] } - 1e-5)
            } else if mustStrike {
                #expect(words == free)
            } else if !words.contains(where: { test.encoding.vocabulary[$0].hasPrefix("len") }) {
                #expect(words.count == free.count + 1, "what is due stands for all else")
            }
            guard let token = words.randomElement(using: &random) else { return }
            grammar.advance(token)
            written.advance(token)
            last = token
        }
    }

    /// Its part is asked for, though a model may think that it has nothing to play.
    @Test(arguments: cases, 0..<6)
    func theFreePartDoesNotRestForEver(_ test: Case, seed: Int) throws {
        let score = Score(parts: [part(test.given, seed: seed)])
        var grammar = try test.grammar(endStep: 160, of: score)
        var (random, tokens) = (SplitMix(seed), [Int]())
        while !grammar.isFinished {
            let allowed = test.encoding.vocabulary.words.indices.filter(grammar.allows)
            let unwilling = allowed.filter { !test.isStrike($0) }
            let token = try #require(
                (unwilling.isEmpty ? allowed : unwilling).randomElement(using: &random))
            grammar.advance(token)
            tokens.append(token)
        }
        let (music, _) = test.encoding.decode(tokens, ticksPerQuarter: 480, rule: .unlimited)
        let written = try #require(music.notesByProgram[test.free.program])
        let longest = 480 * (FreeRest.longest + 1)
        let entry = try #require(written.map(\.onset.count).min())
        #expect(entry <= 480 * FreeRest.longestBeforeEntry)
        var end = entry
        for note in written.sorted(by: { $0.onset < $1.onset }) {
            #expect(note.onset.count - end < longest)
            end = max(end, note.end.count)
        }
        #expect(160 * 120 - end < longest)
    }

    private func moveRuledOut(by grammar: any MusicGrammar, in logits: inout [Float]) {
        var allowed = [Bool](repeating: false, count: logits.count)
        allowed.withUnsafeMutableBufferPointer { allowed in
            grammar.fillMask(allowed)
            logits.withUnsafeMutableBufferPointer { grammar.moveRuledOut(in: $0, allowed: allowed) }
        }
    }

    private func probabilities(_ logits: [Float], where counts: (Int) -> Bool) -> [Float] {
        let weights = logits.indices.map { counts($0) ? exp(logits[$0]) : 0 }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    @Test func whereNothingIsGivenNothingIsMoved() {
        let encoding: any MusicEncoding = NotewiseEncoding(Self.grid)
        var logits: [Float] = (0..<encoding.vocabulary.count).map { Float($0 % 7) }
        let before = logits
        moveRuledOut(by: encoding.grammar(GrammarRules()), in: &logits)
        #expect(logits == before)
    }

    @Test func onePianoHasNoOtherPart() {
        let encodings: [any MusicEncoding] = [
            NotewiseEncoding(), BarwiseEncoding(NoteGrid(range: .keys88)),
        ]
        for encoding in encodings {
            #expect(
                encoding.grammar(
                    GrammarRules(endStep: 8), given: .pianoLike, of: Score(parts: [])) == nil)
        }
    }
}
