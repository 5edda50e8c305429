import Foundation
import Networks
import Testing

@Suite struct GuessLayoutTests {
    /// From id 6 on: none, three words, no standing, two standings; then the same of a second guess.
    private let layout = GuessLayout(firstGuess: 6, words: 3, standings: 2, guesses: 2)

    private func places(_ contexts: [Int32], of layout: GuessLayout) -> [ScorePlace] {
        scorePlaces { layout.forEachGuess(contexts, $0) }
    }

    @Test(arguments: 0..<2, [(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)])
    func eachGuessHasAScoreOfItsStanding(guess: Int, said: (token: Int, standing: Int)) {
        let (token, standing) = said
        let first = 6 + 7 * guess
        let contexts = [0, first + 1 + token, first + 5 + standing].map { Int32($0) }
        #expect(
            places(contexts, of: layout) == [ScorePlace(score: 2 * guess + standing, token: token)])
        #expect(layout.width == 4)
    }

    @Test func noGuessHasNoScore() {
        #expect(places([6, 10, 13, 17], of: layout).isEmpty)
        #expect(places([2, 5, 20, 40], of: layout).isEmpty, "other contexts")
    }

    @Test func guessesOfAPlaceCountEachForItself() {
        #expect(
            places([7, 11, 16, 19], of: layout)
                == [ScorePlace(score: 0, token: 0), ScorePlace(score: 3, token: 2)])
    }

    @Test func aNetworkMustHaveRoomForWordsAndGuesses() {
        #expect(layout.fits(vocabulary: 3, contexts: 20))
        #expect(!layout.fits(vocabulary: 2, contexts: 20))
        #expect(!layout.fits(vocabulary: 3, contexts: 19))
    }

    /// As a file may have it.
    @Test(
        arguments: ["firstGuess", "words", "standings", "guesses"], [Int.min, -1, 65_537, Int.max])
    func sizesOutOfAllBoundsFitNoNetwork(key: String, size: Int) throws {
        var sizes = ["firstGuess": 6, "words": 3, "standings": 2, "guesses": 2]
        sizes[key] = size
        let read = try JSONDecoder().decode(GuessLayout.self, from: JSONEncoder().encode(sizes))
        #expect(!read.fits(vocabulary: 65_536, contexts: 65_536))
    }

    /// Scores of intervals come first, then those of harmony, then those of pitch classes.
    @Test func allKindsOfScoresStandSideBySide() throws {
        let intervals = IntervalLayout(
            firstNote: 1, notes: 2, instruments: 1, firstReference: 0, references: 1)
        let pitchClasses = PitchClassLayout(
            firstNote: 1, notes: 2, instruments: 1, lowest: 0, firstFrequency: 10, frequencies: 2,
            memories: 1)
        let all = try #require(
            ScoreLayout(
                intervals: intervals,
                harmony: HarmonyLayout(
                    firstNote: 1, notes: 2, instruments: 1, firstSounding: 34, ways: 1),
                pitchClasses: pitchClasses,
                guesses: GuessLayout(firstGuess: 3, words: 3, standings: 2, guesses: 1)))
        var spans: [[Int]] = []
        all.forEachSpan([2, 6, 9, 13, 35]) { spans.append([$0, $1, $2]) }
        #expect(spans == [[0, 1, 2], [3, 1, 2], [7, 2, 1], [9, 2, 1]])
        #expect(all.width == 3 + 3 + 2 + 2)
        #expect(all.fits(vocabulary: 3, contexts: 36) && !all.fits(vocabulary: 3, contexts: 35))
        #expect(ScoreLayout() == nil)
    }
}
