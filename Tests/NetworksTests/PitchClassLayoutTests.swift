import Foundation
import Networks
import Testing

@Suite struct PitchClassLayoutTests {
    /// Two instruments of 14 notes from token 3 on, the lowest an A; two memories of three classes from id 5 on.
    private let layout = PitchClassLayout(
        firstNote: 3, notes: 14, instruments: 2, lowest: 9, firstFrequency: 5, frequencies: 3,
        memories: 2)

    private func places(_ contexts: [Int32]) -> [ScorePlace] {
        scorePlaces { layout.forEachNote(contexts, $0) }
    }

    @Test(arguments: 0..<12, 0..<2)
    func everyNoteOfThePitchClassHasItsFrequencysScore(pitchClass: Int, memory: Int) {
        for frequency in 0..<3 {
            let id = 5 + (12 * memory + pitchClass) * 3 + frequency
            let notes = (0..<14).filter { (9 + $0) % 12 == pitchClass }
            let expected = (0..<2).flatMap { instrument in
                notes.map {
                    ScorePlace(
                        score: (2 * memory + instrument) * 3 + frequency,
                        token: 3 + 14 * instrument + $0)
                }
            }
            #expect(places([Int32(id)]) == expected)
            #expect(notes.count == (pitchClass == 9 || pitchClass == 10 ? 2 : 1))
        }
        #expect(layout.width == 12)
    }

    @Test func otherContextsTellNoFrequency() {
        #expect(places([0, 4, 5 + 72, 100]).isEmpty)
    }

    @Test func aNetworkMustHaveRoomForNotesAndFrequencies() throws {
        #expect(layout.fits(vocabulary: 31, contexts: 77))
        #expect(!layout.fits(vocabulary: 30, contexts: 77))
        #expect(!layout.fits(vocabulary: 31, contexts: 76))
        #expect(throws: InvalidSize.self) {
            try LSTMConfiguration(
                vocabulary: 30, embedding: 4, hidden: 4, layers: 1, contexts: 77,
                scores: ScoreLayout(pitchClasses: layout))
        }
    }

    /// As a file may have it.
    @Test(
        arguments: [
            "firstNote", "notes", "instruments", "lowest", "firstFrequency", "frequencies",
            "memories",
        ], [Int.min, -1, 65_537, Int.max])
    func sizesOutOfAllBoundsFitNoNetwork(key: String, size: Int) throws {
        var sizes = [
            "firstNote": 3, "notes": 14, "instruments": 2, "lowest": 9, "firstFrequency": 5,
            "frequencies": 3, "memories": 2,
        ]
        sizes[key] = size
        let read = try JSONDecoder().decode(
            PitchClassLayout.self, from: JSONEncoder().encode(sizes))
        #expect(!read.fits(vocabulary: 65_536, contexts: 65_536))
    }
}
