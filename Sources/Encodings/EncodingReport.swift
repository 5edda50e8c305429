/// What an encoding left out of a score or changed in it. The grid's rounding of time is not
/// counted: it touches every note.
package struct EncodingReport: Hashable, Sendable {
    /// Notes that became tokens.
    package var encodedNotes = 0
    /// Notes of drum parts, which have no place in the text.
    package var droppedDrumNotes = 0
    /// Notes outside the range, moved by octaves until inside. They are encoded.
    package var foldedNotes = 0
    /// Notes left out because another strikes the same key in the same step; the longest stays.
    package var mergedNotes = 0
    /// Notes that end early because their key is struck again while they sound. They are encoded.
    package var shortenedNotes = 0

    package init() {}

    /// One sentence for each kind of loss, for people; empty when nothing was lost.
    package var losses: [String] {
        [
            (droppedDrumNotes, "of drums left out"),
            (foldedNotes, "outside the range moved by octaves"),
            (mergedNotes, "left out where another strikes the same key in the same step"),
            (shortenedNotes, "ended early where their key is struck again"),
        ].compactMap { count, what in
            count == 0 ? nil : "\(count) \(count == 1 ? "note" : "notes") \(what)"
        }
    }
}
