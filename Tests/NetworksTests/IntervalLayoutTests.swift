import Foundation
import Networks
import Testing

@Suite struct IntervalLayoutTests {
    private let layout = IntervalLayout(
        firstNote: 3, notes: 4, instruments: 2, firstReference: 6, references: 3)

    private func places(_ contexts: [Int32]) -> [ScorePlace] {
        scorePlaces { layout.forEachSpan(contexts, $0) }
    }

    /// Scores from one reference to one instrument go from three semitones down up to three semitones up (four
    /// notes); the next instrument's follow, then the next reference's.
    @Test(arguments: 0..<3, 1...4)
    func eachTokensScoreIsThatOfItsInterval(reference: Int, note: Int) {
        let places = places([0, Int32(6 + 5 * reference + note)])
        #expect(layout.width == 42)
        #expect(places.map(\.token) == [3, 7])
        for (instrument, place) in places.enumerated() {
            for key in 0..<4 {
                let interval = key - (note - 1)
                #expect(place.score + key == 7 * (2 * reference + instrument) + interval + 3)
            }
        }
    }

    @Test func allReferencesOfAPlaceCount() {
        #expect(places([2, 7, 14, 20]).map(\.score) == [3, 10, 15, 22, 28, 35])
    }

    /// Those that say that there is no note, and those before and behind.
    @Test(arguments: [0, 5, 6, 11, 16, 21, 40])
    func otherContextsAreNoReferences(id: Int32) {
        #expect(places([id]).isEmpty)
    }

    @Test func aNetworkMustHaveRoomForNotesAndReferences() throws {
        #expect(layout.fits(vocabulary: 11, contexts: 21))
        #expect(!layout.fits(vocabulary: 10, contexts: 21))
        #expect(!layout.fits(vocabulary: 11, contexts: 20))
        #expect(throws: InvalidSize.self) {
            try LSTMConfiguration(
                vocabulary: 10, embedding: 4, hidden: 4, layers: 1, contexts: 21,
                scores: ScoreLayout(intervals: layout))
        }
    }

    @Test(
        arguments: ["firstNote", "notes", "instruments", "firstReference", "references"],
        [Int.min, -1, Int.max])
    func sizesOutOfAllBoundsFitNoNetwork(key: String, size: Int) throws {
        #expect(try !layout([key: size]).fits(vocabulary: 65_536, contexts: 65_536))
    }

    @Test(arguments: ["notes", "instruments", "references"])
    func aLayoutOfNothingFitsNoNetwork(key: String) throws {
        #expect(try !layout([key: 0]).fits(vocabulary: 65_536, contexts: 65_536))
    }

    /// Tokens and contexts would have room for both.
    @Test(arguments: [(200, true), (300, false)])
    func scoresAreNotBeyondAllBounds(references: Int, fits: Bool) throws {
        let layout = try layout(["notes": 1, "instruments": 300, "references": references])
        #expect(layout.fits(vocabulary: 65_536, contexts: 65_536) == fits)
    }

    /// As the piano voice's file has it.
    @Test func aLayoutThatNamesNoInstrumentsIsOfOne() throws {
        #expect(
            try layout(["instruments": nil])
                == IntervalLayout(
                    firstNote: 3, notes: 4, instruments: 1, firstReference: 6, references: 3))
    }

    /// As a file may have it.
    private func layout(_ changes: [String: Int?]) throws -> IntervalLayout {
        var sizes = [
            "firstNote": 3, "notes": 4, "instruments": 2, "firstReference": 6, "references": 3,
        ]
        for (key, size) in changes { sizes[key] = size }
        return try JSONDecoder().decode(IntervalLayout.self, from: JSONEncoder().encode(sizes))
    }
}
