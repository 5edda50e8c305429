import Encodings
import Score
import TestSupport
import Testing

/// The laws of `MusicGrammar` and `MusicContext`, of every encoding that the tests know.
@Suite struct GrammarLawTests {
    @Test(arguments: EncodingCase.all)
    func everyTokenOfAnEncodedScoreIsAllowed(of law: EncodingCase) {
        let encoding = law.encoding
        for seed in 0..<8 {
            let tokens = encoding.encode(Music.any(seed: seed)).tokens
            var grammar = encoding.grammar(GrammarRules(maximumNotesAtOnce: 200))
            var context = encoding.context()
            for (position, token) in tokens.enumerated() {
                #expect(grammar.mask(encoding)[token], "seed \(seed), token \(position)")
                if let mask = context?.mask(encoding) {
                    #expect(mask[token], "context, seed \(seed), token \(position)")
                }
                grammar.advance(token)
                context?.advance(token)
            }
            #expect(grammar.step == encoding.steps(of: tokens))
        }
    }

    @Test(arguments: EncodingCase.all)
    func whatIsAllowedNeedsNoRepairAndFitsTheHands(of law: EncodingCase) {
        let encoding = law.encoding
        var random = SplitMix(11)
        for _ in 0..<4 {
            var grammar = encoding.grammar(
                GrammarRules(maximumNotesAtOnce: 3, allowsPieceEnd: true, endStep: 60))
            var tokens: [Int] = []
            while !grammar.isFinished, tokens.count < 2_000 {
                let mask = grammar.mask(encoding)
                #expect(!mask[Vocabulary.pieceStart])
                #expect(mask == mask.indices.map(grammar.allows))
                // Chosen by kind first, since most words of some vocabularies are chords.
                let legal = mask.indices.filter { mask[$0] && $0 != Vocabulary.pieceEnd }
                let token = legal.randomElement(using: &random) ?? Vocabulary.pieceEnd
                tokens.append(token)
                grammar.advance(token)
            }
            #expect(grammar.isFinished)
            encoding.close(&tokens, atStep: 60)
            let rule = ReleaseRule(defaultLength: 1, tokensAhead: .max, struckLength: 1)
            let (music, report) = encoding.decode(tokens, ticksPerQuarter: 480, rule: rule)
            #expect(report == DecodingReport(), "\(report.repairs)")
            #expect(music.mostNotesAtOnce <= 3)
            #expect(encoding.encode(music).report.losses.isEmpty)
        }
    }

    @Test(arguments: EncodingCase.all)
    func theEndIsAllowedOnlyWhereAskedForAndEndsAll(of law: EncodingCase) {
        let encoding = law.encoding
        #expect(!encoding.grammar(GrammarRules()).mask(encoding)[Vocabulary.pieceEnd])
        var grammar = encoding.grammar(GrammarRules(allowsPieceEnd: true))
        #expect(grammar.mask(encoding)[Vocabulary.pieceEnd])
        grammar.advance(Vocabulary.pieceEnd)
        #expect(grammar.isFinished)
        #expect(!grammar.mask(encoding).contains(true))
    }

    @Test(arguments: EncodingCase.all)
    func aTextIsCompleteAtTheEndStep(of law: EncodingCase) {
        let encoding = law.encoding
        var grammar = encoding.grammar(GrammarRules(endStep: 9))
        var tokens: [Int] = []
        encoding.extend(&tokens, toStep: 9)
        for token in tokens {
            #expect(!grammar.isFinished)
            grammar.advance(token)
        }
        #expect(grammar.isFinished)
    }

    @Test(arguments: EncodingCase.all)
    func copiesForkTheStream(of law: EncodingCase) {
        let encoding = law.encoding
        let tokens = encoding.encode(Music.middle(seed: 0)).tokens
        var one = encoding.grammar(GrammarRules())
        for token in tokens.prefix(5) { one.advance(token) }
        let mask = one.mask(encoding)
        var other = one
        for token in tokens.dropFirst(5) { other.advance(token) }
        #expect(one.mask(encoding) == mask)
        #expect(one.step < other.step)
    }

    @Test(arguments: EncodingCase.all)
    func contextsGiveIdsInRangeAndBeginAnew(of law: EncodingCase) {
        let encoding = law.encoding
        guard var context = encoding.context() else { return }
        var random = SplitMix(5)
        let first = context.ids
        let noise = (0..<300).map { _ in
            Int.random(in: 0..<encoding.vocabulary.count, using: &random)
        }
        for tokens in [noise, encoding.encode(Music.any(seed: 3)).tokens] {
            for token in tokens {
                context.advance(token)
                #expect(context.ids.allSatisfy { (0..<Int32(context.count)).contains($0) })
                #expect(Set(context.ids).count == context.ids.count)
            }
            context.advance(Vocabulary.pieceStart)
            #expect(context.ids == first)
        }
    }

    @Test(arguments: EncodingCase.all)
    func eachReferenceIsANoteThatATokenStrikesOrNone(of law: EncodingCase) throws {
        let encoding = law.encoding
        guard var context = encoding.context(), let references = context.references else { return }
        let ids = references.notes + 1
        #expect(references.firstID + references.count * ids <= context.count)
        #expect(references.instruments == encoding.ensemble.instruments.count)
        let prefixes = references.instruments == 1 ? ["p"] : ["v", "p"]
        for (instrument, prefix) in prefixes.enumerated() {
            for note in 0..<references.notes {
                let token = references.firstToken + instrument * references.notes + note
                #expect(encoding.vocabulary[token] == "\(prefix)\(note)")
            }
        }
        for token in encoding.encode(Music.any(seed: 4)).tokens {
            context.advance(token)
            let named = context.ids.map { (Int($0) - references.firstID) }
                .filter { (0..<references.count * ids).contains($0) }
            #expect(named.map { $0 / ids } == Array(0..<references.count))
        }
    }

    /// Of each memory, pitch classes in order, each once at most.
    @Test(arguments: EncodingCase.all)
    func frequenciesAreOfThePitchClassesThatWereStruck(of law: EncodingCase) throws {
        let encoding = law.encoding
        guard var context = encoding.context(), let layout = context.frequencies else { return }
        #expect(layout.firstToken == context.references?.firstToken)
        let strikes = layout.firstToken..<layout.firstToken + layout.instruments * layout.notes
        let count = 12 * layout.frequencies
        var struck: Set<Int> = []
        for token in encoding.encode(Music.any(seed: 5)).tokens {
            context.advance(token)
            if strikes.contains(token) {
                let note = (token - layout.firstToken) % layout.notes
                struck.insert((layout.lowest + note) % 12)
            }
            for memory in 0..<layout.memories {
                let first = layout.firstID + memory * count
                let told = context.ids.map { Int($0) - first }.filter { (0..<count).contains($0) }
                    .map { $0 / layout.frequencies }
                #expect(told == Set(told).sorted() && struck.isSuperset(of: told))
            }
        }
    }
}

extension MusicGrammar {
    func mask(_ encoding: any MusicEncoding) -> [Bool] {
        var mask = [Bool](repeating: true, count: encoding.vocabulary.count)
        mask.withUnsafeMutableBufferPointer { fillMask($0) }
        return mask
    }
}

extension MusicContext {
    func mask(_ encoding: any MusicEncoding) -> [Bool] {
        var mask = [Bool](repeating: true, count: encoding.vocabulary.count)
        mask.withUnsafeMutableBufferPointer { fillMask($0) }
        return mask
    }

    var ids: [Int32] {
        var ids: [Int32] = []
        appendIDs(to: &ids)
        return ids
    }
}
