import Foundation
import Networks
import Testing

@Suite struct IntervalLayoutTests {
    private let layout = IntervalLayout(
        firstNote: 3, notes: 4, firstReference: 6, references: 2)

    /// Scores of one reference go from three semitones down up to three semitones up
    /// (four notes); the next reference's follow.
    @Test(arguments: 0..<2, 1...4)
    func eachTokensScoreIsThatOfItsInterval(reference: Int, note: Int) {
        var starts: [Int] = []
        layout.forEachReference([0, Int32(6 + 5 * reference + note)]) { starts.append($0) }
        #expect(layout.width == 14)
        #expect(starts.count == 1)
        for token in 0..<4 {
            let interval = token - (note - 1)
            #expect(starts.map { $0 + token } == [7 * reference + interval + 3])
        }
    }

    @Test func bothReferencesOfAPlaceCount() {
        var starts: [Int] = []
        layout.forEachReference([2, 7, 14]) { starts.append($0) }
        #expect(starts == [3, 8])
    }

    /// Those that say that there is no note, and those before and behind.
    @Test(arguments: [0, 5, 6, 11, 16, 40])
    func otherContextsAreNoReferences(id: Int32) {
        layout.forEachReference([id]) { _ in Issue.record("\(id) is none") }
    }

    @Test func aNetworkMustHaveRoomForNotesAndReferences() throws {
        #expect(layout.fits(vocabulary: 7, contexts: 16))
        #expect(!layout.fits(vocabulary: 6, contexts: 16))
        #expect(!layout.fits(vocabulary: 7, contexts: 15))
        #expect(throws: LSTMConfiguration.InvalidSize.self) {
            try LSTMConfiguration(
                vocabulary: 6, embedding: 4, hidden: 4, layers: 1, contexts: 16, intervals: layout)
        }
    }

    /// As a file may have it.
    @Test(
        arguments: ["firstNote", "notes", "firstReference", "references"], [Int.min, -1, Int.max])
    func sizesOutOfAllBoundsFitNoNetwork(key: String, size: Int) throws {
        var sizes = ["firstNote": 3, "notes": 4, "firstReference": 6, "references": 2]
        sizes[key] = size
        let read = try JSONDecoder().decode(
            IntervalLayout.self, from: JSONEncoder().encode(sizes))
        #expect(!read.fits(vocabulary: 65_536, contexts: 65_536))
    }
}
