import Encodings
import Testing

@Suite struct PhraseGuessTests {
    private let encoding: any MusicEncoding = BarwiseEncoding(
        NoteGrid(range: .keys88, resolution: .twelve))

    private struct Guess: Hashable {
        let word: String
        let standing: Int
    }

    /// As written, and in another key.
    private func guesses(after text: String) throws -> [Guess?] {
        try guesses(after: text, in: encoding)
    }

    private func guesses(after text: String, in encoding: any MusicEncoding) throws -> [Guess?] {
        var context = try #require(encoding.context())
        for token in [Vocabulary.pieceStart] + (try encoding.tokens(fromText: text)) {
            context.advance(token)
        }
        let layout = try #require(context.guesses)
        let block = layout.words + layout.standings + 2
        return try (0..<layout.count).map { guess in
            let first = layout.firstID + guess * block
            let places = context.ids.map { Int($0) - first }.filter { (0..<block).contains($0) }
            try #require(places.count == 2)
            let (word, standing) = (places[0] - 1, places[1] - layout.words - 2)
            #expect((word < 0) == (standing < 0))
            return word < 0 ? nil : Guess(word: encoding.vocabulary[word], standing: standing)
        }
    }

    private static let bar =
        "pos0 p40 len12 pos12 p44 len12 pos24 p47 len12 pos36 p52 len12"
    private static let first = "bar meter-4/4 \(bar) bar"

    @Test func nothingIsGuessedAtFirst() throws {
        #expect(try words(after: "") == [nil, nil])
        #expect(try words(after: Self.first) == [nil, nil])
    }

    private func words(after text: String) throws -> [String?] {
        try guesses(after: text).map { $0?.word }
    }

    @Test func aPhraseThatComesBackIsGuessed() throws {
        let again = "pos0 p40 len12 pos12 p44 len12 pos24 p47 len12"
        #expect(try words(after: "\(Self.first) \(again)") == ["pos36", "pos36"])
        #expect(try words(after: "\(Self.first) \(again) pos36") == ["p52", "p52"])
    }

    @Test func aPhraseInAnotherKeyIsGuessedByItsIntervals() throws {
        let again = "pos0 p42 len12 pos12 p46 len12 pos24 p49 len12 pos36"
        #expect(try words(after: "\(Self.first) \(again)") == [nil, "p54"])
    }

    @Test func whatLiesOutsideTheRangeIsNoGuess() throws {
        let again = "pos0 p78 len12 pos12 p82 len12 pos24 p85 len12 pos36"
        #expect(try words(after: "\(Self.first) \(again)") == [nil, nil])
    }

    @Test func loudnessTempoAndPedalDoNotBreakAPhrase() throws {
        let again = "pos0 vel20 p40 len12 pos12 vel9 p44 len12 pos24 p47 len12 pos36 vel3"
        #expect(try words(after: "\(Self.first) \(again)") == ["p52", "p52"])
    }

    /// Another note does not end the phrase: its length and what follows are guessed still, with less trust.
    @Test func aChangedPhraseIsFollowed() throws {
        let again = "\(Self.first) pos0 p40 len12 pos12 p44 len12 pos24"
        let changed = try guesses(after: "\(again) p48")[0]
        let same = try guesses(after: "\(again) p47")[0]
        #expect(changed?.word == "len12" && same?.word == "len12")
        #expect(changed?.standing != same?.standing)
    }

    /// A bar once or more often, other bars between, then again.
    @Test func howOftenAPhraseCameIsTold() throws {
        let others = [1, 2, 3, 5, 6, 7].map { Self.bar.replacing("p4", with: "p\($0)") }
        let standings = try (1...others.count).map { count in
            let past = others.prefix(count).map { "\(Self.bar) bar \($0) bar" }.joined(
                separator: " ")
            let text = "bar meter-4/4 \(past) \(Self.bar)"
            return try guesses(after: text)[0]?.standing
        }
        let known = standings.compactMap { $0.map { $0 % 4 } }
        #expect(known == [0, 1, 2, 2, 3, 3])
    }

    /// Where more than half of the latest guesses were wrong.
    @Test func aPhraseThatGoesOnOtherwiseIsGivenUp() throws {
        let tail = (0..<9).map { "pos\($0 + 1) p\(20 + $0) len1" }.joined(separator: " ")
        let other = (0..<9).map { "pos\($0 + 1) p\(60 - $0) len3" }.joined(separator: " ")
        let again = { (words: Int) in
            let begun = "\(Self.first.dropLast(3))bar pos0 p70 len9"
            let changed = other.split(separator: " ").prefix(words).joined(separator: " ")
            return "\(begun) \(tail) bar \(Self.bar) bar pos0 p70 len9 \(changed)"
        }
        #expect(try words(after: again(1))[0] == "p20")
        #expect(try words(after: again(3))[0] != nil)
        #expect(try words(after: again(27))[0] == nil)
    }

    @Test func trustGrowsWithWhatAgrees() throws {
        let bars = { (count: Int) in
            "bar meter-4/4 " + Array(repeating: Self.bar, count: count).joined(separator: " bar ")
        }
        let standings = try [2, 3, 5, 9].map { try guesses(after: bars($0))[0]?.standing }
        let known = standings.compactMap { $0 }
        #expect(known.count == 4 && zip(known, known.dropFirst()).allSatisfy { $0 < $1 })
    }

    /// In notewise text another key moves releases, too, and each instrument's notes are its own.
    @Test func notewisePhrasesComeBack() throws {
        let duet = NotewiseEncoding(ensemble: .duet)
        func words(after again: String) throws -> [String?] {
            let phrase = "v40 p20 wait6 endp20 p24 wait6 endv40 endp24 wait3"
            return try guesses(after: "\(phrase) v9 wait2 endv9 wait9 \(again)", in: duet)
                .map { $0?.word }
        }
        let same = "v40 p20 wait6 endp20 p24 wait6"
        // The first note's distance is from another note than it was.
        #expect(try words(after: same) == ["endv40", nil])
        #expect(try words(after: same + " endv40") == ["endp24", "endp24"])
        let higher = "v42 p22 wait6 endp22 p26 wait6"
        #expect(try words(after: higher + " endv42") == [nil, "endp26"])
        #expect(try words(after: higher + " endv42 endp26") == [nil, "wait3"])
        // The other way round: the piano has what the violin had.
        #expect(try words(after: "p42 v22 wait6 endv22 v26 wait6 endp42") == [nil, nil])
    }

    @Test func anotherPieceBeginsWithoutGuesses() throws {
        var context = try #require(encoding.context())
        let first = context.ids
        for token in try encoding.tokens(fromText: "\(Self.first) \(Self.bar)") {
            context.advance(token)
        }
        context.advance(Vocabulary.pieceStart)
        #expect(context.ids == first)
    }
}
