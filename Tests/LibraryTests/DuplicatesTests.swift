import Library
import Score
import TestSupport
import Testing

/// Which pieces a library takes for the same, and what follows from it.
struct DuplicatesTests {
    /// Twelve tunes; the first is there again in another key, the second as a copy.
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for seed in 1...12 {
            try folder.write(Tunes.tune(seed: seed), to: "tune-\(seed).mid")
        }
        try folder.write(Tunes.tune(seed: 1, transposed: 3, tempo: 400_000), to: "z-first.mid")
        try folder.write(Tunes.tune(seed: 2), to: "z-second.mid")
        try folder.add()
        return folder
    }

    @Test func transposedAndCopiedMusicIsFound() throws {
        let folder = try folder()
        let library = try folder.library
        let groups = try library.duplicates(of: library.pieces())
        #expect(
            groups.map { $0.map(\.title) } == [["tune-1", "z-first"], ["tune-2", "z-second"]])
        var query = PieceQuery()
        query.titles = ["z-second"]
        #expect(try library.duplicates(of: library.pieces(query)).count == 1)
    }

    @Test func drumsAloneAreNoDuplicates() throws {
        let folder = try TemporaryFolder()
        for seed in 1...2 {
            let notes = Tunes.tune(seed: seed).parts.flatMap(\.notes)
            try folder.write(
                Score(parts: [Part(isDrums: true, notes: notes)]), to: "drums-\(seed).mid")
        }
        try folder.add()
        #expect(try folder.library.duplicates(of: folder.library.pieces()).isEmpty)
    }

    @Test func groupsAreFoundAnewWhenPiecesGo() throws {
        let folder = try folder()
        let library = try folder.library
        var query = PieceQuery()
        query.titles = ["tune-1"]
        _ = try library.duplicates(of: library.pieces())
        // Words are found from their beginning: the tunes 1, 10, 11 and 12.
        try library.remove(library.pieces(query).filter { $0.title == "tune-1" })
        let groups = try library.duplicates(of: library.pieces())
        #expect(groups.map { $0.map(\.title) } == [["tune-2", "z-second"]])
        // A group is known by a piece that is there.
        let pieces = try library.pieces()
        #expect(pieces.allSatisfy { piece in pieces.contains { $0.id == piece.duplicateGroup } })
    }

    @Test func duplicatesStayOnOneSide() throws {
        let folder = try folder()
        let library = try folder.library
        for share in [0.2, 0.5, 0.8] {
            let split = try LibrarySplit(
                of: library.pieces(), in: library, validation: share, test: (1 - share) / 2)
            #expect(split.duplicateGroups == 2)
            let all = split.sides.values.flatMap { $0 }
            #expect(all.count == 14 && Set(all.map(\.id)).count == 14)
            for pair in [["tune-1", "z-first"], ["tune-2", "z-second"]] {
                let sides = split.sides.filter { $1.contains { pair.contains($0.title) } }
                #expect(sides.count == 1)
            }
        }
    }

    @Test func piecesThatAreAddedMoveNoOther() throws {
        let folder = try folder()
        func sides() throws -> [String: LibrarySplit.Side] {
            let library = try folder.library
            let split = try LibrarySplit(of: library.pieces(), in: library, validation: 0.5)
            return Dictionary(
                uniqueKeysWithValues: split.sides.flatMap { side, pieces in
                    pieces.map { ($0.title, side) }
                })
        }
        let before = try sides()
        #expect(Set(before.values).count == 2)
        for seed in 20...29 { try folder.write(Tunes.tune(seed: seed), to: "a-\(seed).mid") }
        // A duplicate whose path comes first.
        try folder.write(Tunes.tune(seed: 3, transposed: -2), to: "a.mid")
        try folder.add()
        let after = try sides()
        #expect(after.count == before.count + 11)
        #expect(after.filter { before[$0.key] != nil } == before)
        #expect(after["a"] == before["tune-3"])
    }
}
