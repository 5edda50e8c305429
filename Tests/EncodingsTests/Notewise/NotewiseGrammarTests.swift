import Encodings
import Score
import TestSupport
import Testing

@Suite struct NotewiseGrammarTests {
    let encoding = NotewiseEncoding()

    /// The words that may follow `text`, waits as one.
    func allowed(
        after text: String, notes: Int = 10, allowsPieceEnd: Bool = false
    ) throws -> Set<String> {
        var grammar = NotewiseGrammar(
            encoding: encoding,
            rules: GrammarRules(maximumNotesAtOnce: notes, allowsPieceEnd: allowsPieceEnd))
        for token in try encoding.tokens(fromText: text) { grammar.advance(token) }
        let words = encoding.vocabulary.words.indices.filter { grammar.allows($0) }
            .map { encoding.vocabulary[$0] }
        #expect(words.count { $0.hasPrefix("wait") } % 25 == 0, "all waits or none")
        return Set(words.map { $0.hasPrefix("wait") ? "wait" : $0 })
    }

    func starts(_ indices: some Sequence<Int>) -> Set<String> { Set(indices.map { "p\($0)" }) }

    @Test func aTextBeginsWithAnyStartOrWait() throws {
        #expect(try allowed(after: "") == starts(0..<62).union(["wait"]))
        #expect(try allowed(after: "<start>") == starts(0..<62).union(["wait"]))
    }

    @Test func withinAStepTokensGoUp() throws {
        #expect(try allowed(after: "p58") == ["endp58", "p59", "p60", "p61", "wait"])
        #expect(try allowed(after: "p58 endp58") == ["p59", "p60", "p61", "wait"])
        #expect(try allowed(after: "p60 p61") == ["endp61", "wait"])
        #expect(try allowed(after: "p61 endp61") == ["wait"])
    }

    @Test func onlySoundingNotesAreReleased() throws {
        #expect(
            try allowed(after: "p20 p32 wait3")
                == starts(0..<62).union(["endp20", "endp32", "wait"]))
        #expect(
            try allowed(after: "p20 p32 wait3 endp20") == starts(21..<62).union(["endp32", "wait"]))
    }

    @Test func soundingAndReleasedNotesAreStruckAgain() throws {
        #expect(try allowed(after: "p20 wait3").contains("p20"))
        #expect(try allowed(after: "p20 endp20 wait1").contains("p20"))
        #expect(try !allowed(after: "p20").contains("p20"))
        #expect(try !allowed(after: "p20 wait3 endp20").contains("p20"))
    }

    @Test func noMoreNotesAreDownThanHandsCanHold() throws {
        #expect(try allowed(after: "p20 p30", notes: 2) == ["endp30", "wait"])
        #expect(
            try allowed(after: "p20 p30 wait1", notes: 2)
                == ["p20", "p30", "endp20", "endp30", "wait"])
        #expect(
            try allowed(after: "p20 p30 wait1 endp20", notes: 2) == ["p30", "endp30", "wait"],
            "a released note is down to the end of its step")
        #expect(
            try allowed(after: "p20 p30 wait1 endp20 wait1", notes: 2)
                == starts(0..<62).union(["endp30", "wait"]))
    }

    @Test func theEndComesOnlyWhereAskedFor() throws {
        #expect(try !allowed(after: "p20 endp20 wait1").contains("<end>"))
        #expect(try allowed(after: "p20 endp20 wait1", allowsPieceEnd: true).contains("<end>"))
        #expect(try allowed(after: "p20 <end>", allowsPieceEnd: true).isEmpty)
    }

    @Test(arguments: everyEncoding)
    func everyTokenOfAnEncodedScoreIsAllowed(encoding: NotewiseEncoding) {
        for seed in 0..<20 {
            let score = unrulyScore(seed: seed)
            var grammar = NotewiseGrammar(
                encoding: encoding, rules: GrammarRules(maximumNotesAtOnce: 88))
            let tokens = encoding.encode(score).tokens
            for (position, token) in tokens.enumerated() {
                #expect(grammar.allows(token), "seed \(seed), token \(position)")
                grammar.advance(token)
            }
            #expect(grammar.step == encoding.steps(of: tokens))
            #expect(grammar.sounding.isEmpty)
        }
    }

    /// The other direction: what the grammar allows, decoded, needs no repair but for notes that
    /// still sound at the end, and no step holds more notes than allowed.
    @Test(arguments: everyEncoding)
    func whatIsAllowedIsPlayable(encoding: NotewiseEncoding) {
        var random = SplitMix(11)
        for _ in 0..<10 {
            var grammar = NotewiseGrammar(
                encoding: encoding, rules: GrammarRules(maximumNotesAtOnce: 3))
            var mask = [Bool](repeating: false, count: encoding.vocabulary.count)
            var tokens: [Int] = []
            for _ in 0..<400 {
                mask.withUnsafeMutableBufferPointer { grammar.fillMask($0) }
                #expect(mask == mask.indices.map { grammar.allows($0) })
                let legal = mask.indices.filter { mask[$0] }
                let token = legal.randomElement(using: &random) ?? 0
                tokens.append(token)
                grammar.advance(token)
            }
            let (notes, report) = encoding.notes(of: tokens, rule: .unlimited)
            #expect(report[.unmatched] == 0 && report[.repeated] == 0)
            #expect(report[.unreleased] == grammar.sounding.count)
            let whole = ReleaseRule(defaultLength: 1, tokensAhead: .max)
            #expect(mostNotesAtOnce(encoding.notes(of: tokens, rule: whole).notes) <= 3)
            #expect(encoding.encode(score(notes)).report.losses.isEmpty)
        }
    }

    private func mostNotesAtOnce(_ notes: [Note]) -> Int {
        notes.map { note in
            notes.count { $0.onset <= note.onset && note.onset < $0.end }
        }.max() ?? 0
    }

    @Test func masksAgreeWithAllowsOnAnyText() {
        for seed in 0..<20 {
            var grammar = NotewiseGrammar(
                encoding: encoding,
                rules: GrammarRules(maximumNotesAtOnce: 4, allowsPieceEnd: seed % 2 == 0))
            var mask = [Bool](repeating: true, count: encoding.vocabulary.count)
            for token in randomTokens(encoding, seed: seed, count: 100) {
                grammar.advance(token)
                mask.withUnsafeMutableBufferPointer { grammar.fillMask($0) }
                #expect(mask == mask.indices.map { grammar.allows($0) })
            }
        }
    }

    @Test func callersSeeWhatSoundsSinceWhen() throws {
        var grammar = NotewiseGrammar(encoding: NotewiseEncoding(range: .keys88))
        let text = "wait2 p3 p70 p87 wait4 endp3 p70 wait1"
        for token in try NotewiseEncoding(range: .keys88).tokens(fromText: text) {
            grammar.advance(token)
        }
        #expect(grammar.step == 7)
        #expect(Array(grammar.sounding) == [70, 87])
        #expect(grammar.sounding.count == 2)
        #expect(grammar.onset(of: 3) == nil)
        #expect(grammar.onset(of: 70) == 6)
        #expect(grammar.onset(of: 87) == 2)
    }

    @Test func copiesForkTheStream() throws {
        var one = NotewiseGrammar(encoding: encoding)
        one.advance(try #require(encoding.vocabulary.id(of: "p20")))
        var other = one
        other.advance(try #require(encoding.vocabulary.id(of: "endp20")))
        #expect(one.sounding.contains(20) && !other.sounding.contains(20))
        #expect(one != other)
    }

    @Test func waitsThatReachOrPassTheEndStepFinish() throws {
        for (text, finished) in [("wait23", false), ("wait24", true), ("wait20 wait25", true)] {
            var grammar = NotewiseGrammar(encoding: encoding, rules: GrammarRules(endStep: 24))
            for token in try encoding.tokens(fromText: text) { grammar.advance(token) }
            #expect(grammar.isFinished == finished)
        }
        var grammar = NotewiseGrammar(
            encoding: encoding, rules: GrammarRules(allowsPieceEnd: true))
        #expect(!grammar.isFinished)
        grammar.advance(Vocabulary.pieceEnd)
        #expect(grammar.isFinished)
    }
}
