/// Rows of scores, one for each interval from a note to every instrument's notes: from the highest note down to the
/// lowest and the other way round, the instruments' in turn.
struct IntervalTable {
    /// The token id of the first instrument's lowest note; its others follow, by semitones, then the next
    /// instrument's.
    let firstNote: Int
    /// How many notes each instrument has.
    let notes: Int
    let instruments: Int

    /// From one note to one instrument.
    private var intervals: Int { 2 * notes - 1 }

    /// How many scores a row has.
    var width: Int { instruments * intervals }

    /// Calls `body` for each instrument: with where the score of its lowest note stands among all rows', and that
    /// note's token. A span of `notes` begins at either.
    ///
    /// - Parameter note: which one the intervals are from, 0 for the lowest.
    func forEachSpan(
        row: Int, note: Int, _ body: (_ score: Int, _ token: Int) -> Void
    ) {
        for instrument in 0..<instruments {
            let first = row * width + instrument * intervals
            body(first + notes - 1 - note, firstNote + instrument * notes)
        }
    }
}
