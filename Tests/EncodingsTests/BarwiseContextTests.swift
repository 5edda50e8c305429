import Encodings
import Testing

@Suite struct BarwiseContextTests {
    private let encoding = BarwiseEncoding(NoteGrid(range: .keys88, resolution: .twelve))
    private let cells = 88
    private let positions = 96

    private func ids(after text: String) throws -> Set<Int> {
        var context = try #require(encoding.context())
        for token in try encoding.tokens(fromText: text) { context.advance(token) }
        return Set(context.ids.map { Int($0) })
    }

    /// The cells of one of the first six features.
    private func told(_ feature: Int, _ ids: Set<Int>) -> Set<Int> {
        Set(ids.filter { $0 / cells == feature && $0 < 6 * cells }.map { $0 % cells })
    }

    /// The value of the feature that begins after the cells and `skipped` more ids; nil for none.
    private func value(after skipped: Int, of count: Int, _ ids: Set<Int>) throws -> Int? {
        let first = 6 * cells + skipped
        let found = ids.filter { (first...first + count).contains($0) }
        #expect(found.count == 1)
        let value = try #require(found.first) - first - 1
        return value < 0 ? nil : value
    }

    @Test func whatIsStruckHereIsApartFromWhatSounds() throws {
        let ids = try ids(after: "bar meter-4/4 pos0 vel16 p20 len24 p30 len6 pos12 p25 len12")
        #expect(told(0, ids) == [25])
        #expect(told(1, ids) == [20])
    }

    @Test("The same place of earlier bars is told", arguments: [(1, 2), (2, 3), (4, 4), (8, 5)])
    func earlierBarsAreRemembered(barsAgo: Int, feature: Int) throws {
        let empty = Array(repeating: "bar", count: barsAgo).joined(separator: " ")
        let bar = "bar meter-3/4 pos6 vel16 p20 len6 p30 len6 pos12 p25 len6"
        let here = try ids(after: "\(bar) \(empty) pos6")
        #expect(told(feature, here) == [20, 30])
        #expect((2...5).filter { $0 != feature }.allSatisfy { told($0, here).isEmpty })
        #expect(told(feature, try ids(after: "\(bar) \(empty) pos7")).isEmpty)
        #expect(told(feature, try ids(after: "\(bar) bar \(empty) pos6")).isEmpty)
    }

    @Test func theNextStrikeOfTheBarBeforeIsTold() throws {
        let bar = "bar meter-3/4 pos6 vel16 p20 len6 pos12 p25 len6 bar"
        for (text, next) in [("", 6), ("pos5", 6), ("pos6", 12), ("pos11", 12), ("pos12", nil)] {
            let ids = try ids(after: "\(bar) \(text)")
            #expect(try value(after: 0, of: positions, ids) == next, "\(text)")
            #expect(try value(after: positions + 1, of: positions, ids) == nil)
        }
    }

    @Test func thePositionIsTold() throws {
        let first = 4 * (positions + 1)
        #expect(try value(after: first, of: positions, ids(after: "bar meter-3/4")) == nil)
        #expect(try value(after: first, of: positions, ids(after: "bar meter-3/4 pos7")) == 7)
    }

    @Test func theLengthThatTheNoteHadLastIsTold() throws {
        let bar = "bar meter-3/4 pos0 vel16 p20 len6"
        let last =
            encoding.context().map { $0.references.map(\.firstID) ?? 0 }.map { $0 - 6 * cells } ?? 0
        let lengths = 96 + 8 + 1
        let first = last - lengths - 1
        #expect(try value(after: first, of: lengths, ids(after: bar)) == nil)
        #expect(try value(after: first, of: lengths, ids(after: "\(bar) pos12 p20")) == 6)
        #expect(try value(after: first, of: lengths, ids(after: "\(bar) pos12 p21")) == 0)
    }

    /// After the two tonics the newest note here, the top and the bottom of the last place, then of the one before
    /// it.
    @Test(arguments: [
        ("", [nil, nil, nil, nil, nil]),
        ("p20 len6 p30 len6", [30, nil, nil, nil, nil]),
        ("p20 len6 p30 len6 pos6", [nil, 30, 20, nil, nil]),
        ("p20 len6 p30 len6 pos6 p25 len6", [25, 30, 20, nil, nil]),
        ("p20 len6 p30 len6 pos6 p25 len6 pos9 pos12", [nil, 25, 25, 30, 20]),
        ("p20 len6 p30 len6 pos6 p25 len6 bar", [nil, 25, 25, 30, 20]),
        ("p20 len6 p30 len6 pos6 p25 len6 bar pos0 p8 len6 p9 len6", [9, 25, 25, 30, 20]),
        ("p20 len6 p30 len6 pos6 p25 len6 bar pos0 p8 len6 p9 len6 pos1", [nil, 9, 8, 25, 25]),
    ])
    func theLastNotesAreToldAndHowTheyMoved(text: String, notes: [Int?]) throws {
        let ids = try ids(after: "bar meter-3/4 pos0 vel16 \(text)")
        let references = try #require(encoding.context()?.references)
        #expect(references.count == 7)
        #expect(references.instruments == 1 && references.notes == cells)
        #expect(encoding.vocabulary[references.firstToken] == "p0")
        let first = references.firstID - 6 * cells
        let told = try (2..<7).map {
            try value(after: first + $0 * (cells + 1), of: cells, ids)
        }
        #expect(told == notes)
        let moves = try (0..<2).map { voice in
            try value(
                after: first + 7 * (cells + 1) + voice * 2 * cells, of: 2 * cells - 1, ids
            ).map { $0 - cells + 1 }
        }
        let moved = (0..<2).map { voice in
            notes[1 + voice].flatMap { last in notes[3 + voice].map { last - $0 } }
        }
        #expect(moves == moved)
    }
}
