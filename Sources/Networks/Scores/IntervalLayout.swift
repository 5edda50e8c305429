/// Where notes stand among the tokens, and where contexts name notes that were struck: what a network needs
/// to give each interval from such a note, up or down, a score of its own.
package struct IntervalLayout: Hashable, Sendable, Codable {
    /// The token id of the first instrument's lowest note; its others follow, by semitones, then the next
    /// instrument's.
    package let firstNote: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The context id that says that the first reference is no note. Each reference has this one and one for
    /// each note, in the order of pitch; the next reference's follow.
    package let firstReference: Int
    /// How many notes contexts name.
    package let references: Int

    package init(
        firstNote: Int, notes: Int, instruments: Int, firstReference: Int, references: Int
    ) {
        self.firstNote = firstNote
        self.notes = notes
        self.instruments = instruments
        self.firstReference = firstReference
        self.references = references
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            firstNote: values.decode(Int.self, forKey: .firstNote),
            notes: values.decode(Int.self, forKey: .notes),
            // So that models of earlier versions, which do not say, are told to be such.
            instruments: values.decodeIfPresent(Int.self, forKey: .instruments) ?? 1,
            firstReference: values.decode(Int.self, forKey: .firstReference),
            references: values.decode(Int.self, forKey: .references))
    }

    /// A row for each reference.
    private var table: IntervalTable {
        IntervalTable(firstNote: firstNote, notes: notes, instruments: instruments)
    }

    /// How many scores there are at a place.
    package var width: Int { references * table.width }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        let sizes = [firstNote, notes, instruments, firstReference, references]
        guard sizes.allSatisfy({ (0...65_536).contains($0) }), notes > 0, instruments > 0,
            references > 0, width <= 65_536
        else { return false }
        return firstNote + instruments * notes <= vocabulary
            && firstReference + references * (notes + 1) <= contexts
    }

    /// Calls `body` for each reference of a place that is a note, and each instrument: with where the score of
    /// the instrument's lowest note stands among the place's, and that note's token. A span of `notes` begins at
    /// either.
    package func forEachSpan(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int, _ token: Int) -> Void
    ) {
        for id in contexts {
            let (reference, note) = (Int(id) - firstReference)
                .quotientAndRemainder(dividingBy: notes + 1)
            guard Int(id) >= firstReference, reference < references, note > 0 else { continue }
            table.forEachSpan(row: reference, note: note - 1, body)
        }
    }
}
