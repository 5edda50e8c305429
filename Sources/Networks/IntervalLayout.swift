/// Where notes stand among the tokens, and where contexts name notes that were struck: what a network needs
/// to give each interval from such a note, up or down, a score of its own.
package struct IntervalLayout: Hashable, Sendable, Codable {
    /// The token id of the lowest note; the others follow, by semitones.
    package let firstNote: Int
    /// How many notes there are.
    package let notes: Int
    /// The context id that says that the first reference is no note. Each reference has this one and one for
    /// each note, in the order of pitch; the next reference's follow.
    package let firstReference: Int
    /// How many notes contexts name.
    package let references: Int

    package init(firstNote: Int, notes: Int, firstReference: Int, references: Int) {
        self.firstNote = firstNote
        self.notes = notes
        self.firstReference = firstReference
        self.references = references
    }

    /// Intervals from one reference: from the highest note down to the lowest and the other way round.
    private var intervals: Int { 2 * notes - 1 }

    /// How many scores there are at a place.
    package var width: Int { references * intervals }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        let sizes = [firstNote, notes, firstReference, references]
        guard sizes.allSatisfy({ (0...65_536).contains($0) }), notes > 0, references > 0 else {
            return false
        }
        return firstNote + notes <= vocabulary
            && firstReference + references * (notes + 1) <= contexts
    }

    /// Calls `body` for each reference of a place that is a note, with where the scores of the lowest token's
    /// interval from it stands among the place's; those of the other `notes` follow.
    package func forEachReference(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int) -> Void
    ) {
        for id in contexts {
            let (reference, note) = (Int(id) - firstReference)
                .quotientAndRemainder(dividingBy: notes + 1)
            guard Int(id) >= firstReference, reference < references, note > 0 else { continue }
            body(reference * intervals + notes - note)
        }
    }
}
