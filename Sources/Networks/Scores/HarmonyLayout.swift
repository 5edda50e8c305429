/// Where notes stand among the tokens, and where contexts name those that sound: what a network needs to give each
/// interval with a note that sounds, up or down, a score of its own, so that it knows consonance in all keys.
package struct HarmonyLayout: Hashable, Sendable, Codable {
    /// The token id of the first instrument's lowest note; its others follow, by semitones, then the next
    /// instrument's.
    package let firstNote: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The context id that says that the first instrument's lowest note sounds, in the first way. The other notes
    /// follow as among the tokens, then those of the next way.
    package let firstSounding: Int
    /// In how many ways contexts say that a note sounds: struck just now, or held.
    package let ways: Int

    package init(firstNote: Int, notes: Int, instruments: Int, firstSounding: Int, ways: Int) {
        self.firstNote = firstNote
        self.notes = notes
        self.instruments = instruments
        self.firstSounding = firstSounding
        self.ways = ways
    }

    /// A row for each instrument of each way.
    private var table: IntervalTable {
        IntervalTable(firstNote: firstNote, notes: notes, instruments: instruments)
    }

    /// How many scores there are at a place: one for each interval from each instrument to each, of each way.
    package var width: Int { ways * instruments * table.width }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        let sizes = [firstNote, notes, instruments, firstSounding, ways]
        guard sizes.allSatisfy({ (0...65_536).contains($0) }), notes > 0, ways > 0,
            (1...256).contains(instruments), width <= 65_536
        else { return false }
        return firstNote + instruments * notes <= vocabulary
            && firstSounding + ways * instruments * notes <= contexts
    }

    /// Calls `body` for each note that sounds at a place, and each instrument: with where the score of the
    /// instrument's lowest note stands among the place's, and that note's token. A span of `notes` begins at either.
    package func forEachSpan(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int, _ token: Int) -> Void
    ) {
        let ids = ways * instruments * notes
        for id in contexts {
            let place = Int(id) - firstSounding
            guard (0..<ids).contains(place) else { continue }
            let (row, note) = place.quotientAndRemainder(dividingBy: notes)
            table.forEachSpan(row: row, note: note, body)
        }
    }
}
