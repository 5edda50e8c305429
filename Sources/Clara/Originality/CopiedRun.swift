import Originality
import Score

/// A run that a piece has in common with another one, for results.
public struct CopiedRun: Hashable, Sendable, Encodable {
    public struct Source: Hashable, Sendable, Encodable {
        public let file: String
        /// Or who performs it.
        public let composer: String?
        public let title: String?
        /// The bar in which the run begins there; an upbeat is bar 0.
        public let bar: Int
    }

    /// A longer exact run counts as a copy, `SharedRun.phrase`.
    public static let phrase = SharedRun.phrase

    /// Shorter runs are not told of, `RunSearch.leastLength`.
    public static let leastLength = RunSearch.leastLength

    /// How much is copied: the shared notes, what comes again within the run counted once.
    public let length: Int
    /// From its first note to its last, those that were changed included.
    public let notes: Int
    public let sharedNotes: Int
    /// The bar of the piece in which it begins; an upbeat is bar 0.
    public let bar: Int
    /// When it begins, in seconds from the start of the piece.
    public let start: Double
    /// How long it lasts, up to the next note after it.
    public let seconds: Double
    public let quarters: Double
    /// How many semitones higher than in the source it is.
    public let semitones: Int
    public let source: Source

    init(_ run: SharedRun, of sequence: ChordSequence, in score: Score, index: OriginalityIndex) {
        let chords = sequence.chords
        let start = chords[run.chords.lowerBound].onset
        let end =
            run.chords.upperBound < chords.count ? chords[run.chords.upperBound].onset : score.end
        length = run.length
        notes = run.notes
        sharedNotes = run.sharedNotes
        bar = score.meterMap.position(of: start, ticksPerQuarter: score.ticksPerQuarter).bar
        self.start = score.seconds(at: start)
        seconds = score.seconds(at: end) - self.start
        quarters = Double((end - start).count) / Double(score.ticksPerQuarter)
        semitones = run.transposition
        let piece = index.pieces[run.source]
        source = Source(
            file: piece.name.file, composer: piece.name.composer, title: piece.name.title,
            bar: run.sourceBar)
    }
}
