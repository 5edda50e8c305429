import Foundation
import Networks
import Testing

@Suite struct HarmonyLayoutTests {
    /// Two instruments of four notes from token 3 on; two ways to sound from id 6 on.
    private let layout = HarmonyLayout(
        firstNote: 3, notes: 4, instruments: 2, firstSounding: 6, ways: 2)

    private func places(_ contexts: [Int32]) -> [ScorePlace] {
        scorePlaces { layout.forEachSpan(contexts, $0) }
    }

    /// Of each way, from the first instrument to the first, to the second, from the second to the first and to the
    /// second: scores go from three semitones below the note that sounds up to three above.
    @Test(arguments: 0..<2, 0..<2)
    func eachTokensScoreIsThatOfItsInterval(way: Int, instrument: Int) {
        for note in 0..<4 {
            let places = places([0, Int32(6 + (2 * way + instrument) * 4 + note)])
            #expect(places.map(\.token) == [3, 7])
            for (other, place) in places.enumerated() {
                for key in 0..<4 {
                    let row = (2 * way + instrument) * 2 + other
                    #expect(place.score + key == 7 * row + (key - note) + 3)
                }
            }
        }
        #expect(layout.width == 8 * 7)
    }

    @Test func allNotesThatSoundCount() {
        #expect(places([6, 15]).map(\.score) == [3, 10, 7 * 4 + 2, 7 * 5 + 2])
    }

    /// Those before and behind.
    @Test(arguments: [0, 5, 22, 40])
    func otherContextsAreNoNotes(id: Int32) {
        #expect(places([id]).isEmpty)
    }

    @Test func aNetworkMustHaveRoomForNotesThatSound() throws {
        #expect(layout.fits(vocabulary: 11, contexts: 22))
        #expect(!layout.fits(vocabulary: 10, contexts: 22))
        #expect(!layout.fits(vocabulary: 11, contexts: 21))
        #expect(throws: InvalidSize.self) {
            try LSTMConfiguration(
                vocabulary: 10, embedding: 4, hidden: 4, layers: 1, contexts: 22,
                scores: ScoreLayout(harmony: layout))
        }
    }

    /// As a file may have it.
    @Test(
        arguments: ["firstNote", "notes", "instruments", "firstSounding", "ways"],
        [Int.min, -1, 65_537, Int.max])
    func sizesOutOfAllBoundsFitNoNetwork(key: String, size: Int) throws {
        #expect(try !layout([key: size]).fits(vocabulary: 65_536, contexts: 65_536))
    }

    @Test(arguments: ["notes", "instruments", "ways"])
    func aLayoutOfNothingFitsNoNetwork(key: String) throws {
        #expect(try !layout([key: 0]).fits(vocabulary: 65_536, contexts: 65_536))
    }

    private func layout(_ changes: [String: Int]) throws -> HarmonyLayout {
        let sizes = [
            "firstNote": 3, "notes": 4, "instruments": 2, "firstSounding": 6, "ways": 2,
        ].merging(changes) { $1 }
        return try JSONDecoder().decode(HarmonyLayout.self, from: JSONEncoder().encode(sizes))
    }
}
