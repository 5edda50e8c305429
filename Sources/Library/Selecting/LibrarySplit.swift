import Encodings

/// Pieces dealt to sides to train, to validate and to test on; duplicates stay on one side.
///
/// A group's side depends on the notes of its first piece, the one that came to the library first:
/// pieces that are added move no other, unless they show two groups to be one.
package struct LibrarySplit: Sendable {
    package enum Side: String, Hashable, Sendable, Codable, CaseIterable {
        case training, validation, test
    }

    package let sides: [Side: [Piece]]
    /// Groups of two or more pieces.
    package let duplicateGroups: Int

    /// - Parameters:
    ///   - validation: the share of groups to validate on.
    ///   - test: the share of groups to test on; with the other at most 1.
    package init(
        of pieces: [Piece], in library: PieceLibrary, validation: Double, test: Double = 0
    ) throws(LibraryError) {
        precondition(
            validation >= 0 && test >= 0 && validation + test <= 1, "shares are parts of 1")
        try library.findDuplicates()
        let all = try library.pieces()
        let groups = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.duplicateGroup) })
        let lots = Dictionary(
            uniqueKeysWithValues: all.map { ($0.id, MusicContent(digits: $0.content)?.lot ?? 1) })
        var sides: [Side: [Piece]] = [:]
        var sizes: [Int64: Int] = [:]
        for piece in pieces {
            let group = groups[piece.id].flatMap(\.self) ?? piece.id
            if let group { sizes[group, default: 0] += 1 }
            let lot = lots[group].flatMap(\.self) ?? 1
            let side: Side =
                lot < validation ? .validation : lot < validation + test ? .test : .training
            sides[side, default: []].append(piece)
        }
        self.sides = sides
        duplicateGroups = sizes.values.count { $0 > 1 }
    }
}
