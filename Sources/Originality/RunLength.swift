/// Adds up how long a run is: the notes of its chords, what comes again within the run counted once.
///
/// A chord counts where one of the prints that it is in is met for the first time, by its pitches.
struct RunLength {
    private(set) var total = 0
    private var met: Set<UInt16> = []
    /// Chords before it count already.
    private var end = 0

    /// - Parameters:
    ///   - print: `PassagePrint.bits`.
    ///   - place: of its first chord, none earlier than the last one's.
    ///   - notes: how many notes some chords have.
    mutating func add(_ print: UInt16, at place: Int, notes: (Range<Int>) -> Int) {
        guard met.insert(print >> 4).inserted else { return }
        total += notes(max(place, end)..<place + PassagePrint.span)
        end = place + PassagePrint.span
    }
}
