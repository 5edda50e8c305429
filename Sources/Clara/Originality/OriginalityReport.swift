import Foundation
import MIDIFile
import Originality
import Score

/// What a piece has in common with others: the longest runs, exact and with small changes.
public struct OriginalityReport: Sendable, Encodable {
    /// What pieces by people that are not in an index share with it by chance.
    public struct Chance: Sendable, Encodable {
        /// Lengths of the longest run of a piece.
        public struct Lengths: Sendable, Encodable {
            public let median: Int
            /// 19 pieces in 20 stay within it.
            public let nineteenInTwenty: Int
            public let longest: Int

            init(_ lengths: [Int]) {
                median = ChanceBaseline.length(0.5, of: lengths)
                nineteenInTwenty = ChanceBaseline.length(0.95, of: lengths)
                longest = ChanceBaseline.length(1, of: lengths)
            }
        }

        /// How many pieces were measured.
        public let pieces: Int
        public let exact: Lengths
        public let near: Lengths
        /// How many of them have no longer run than the piece, exact and with small changes.
        public let exactWithin: Int
        public let nearWithin: Int
    }

    public let file: String
    /// Of a take, whose new music alone is compared: the bar, counted from 1, in which that begins; else nil.
    public let newFromBar: Int?
    /// Compared ones, without drums; a pitch that several instruments strike at once counts once.
    public let notes: Int
    public let bars: Int
    public let seconds: Double
    /// The index's file, or folders and queries.
    public let comparedWith: [String]
    /// Without those that were left out.
    public let pieces: Int
    /// How many pieces of the source were left out, being the same file.
    public let leftOut: Int
    /// A longer exact run counts as a copy.
    public let phrase: Int
    /// The longest first.
    public let exact: [CopiedRun]
    public let near: [CopiedRun]
    /// Nil where it was not measured.
    public let chance: Chance?
    /// Seconds that the search took, without reading.
    public let searchSeconds: Double

    /// Reads a piece and searches for it, for a take's new music alone. Where the source has the same file, it
    /// does not count.
    ///
    /// - Parameter count: how many runs of each kind are listed at most.
    /// - Throws: `MIDIFileError`, or `OriginalityError` where there are no notes.
    public init(
        ofFile path: String, comparedWith source: OriginalitySource, runs count: Int
    ) throws {
        let (score, _) = try MIDIFile.read(contentsOf: path, policy: .complete)
        let seam = TakeSettings.seam(of: score)
        let sequence = ChordSequence(of: score).suffix(from: seam ?? .zero)
        guard !sequence.chords.isEmpty else { throw OriginalityError.noNotes(path: path) }
        let clock = ContinuousClock()
        let began = clock.now
        let itself = source.numbers(ofFile: path)
        let search = RunSearch(sequence, in: source.table, excluding: itself)
        let index = source.table.index
        func runs(_ runs: [SharedRun]) -> [CopiedRun] {
            runs.map { CopiedRun($0, of: sequence, in: score, index: index) }
        }
        exact = runs(search.exactRuns(atMost: count))
        near = runs(search.nearRuns(atMost: count))
        searchSeconds = (clock.now - began) / .seconds(1)
        file = path
        newFromBar = seam.map {
            score.meterMap.position(of: $0, ticksPerQuarter: score.ticksPerQuarter).bar
        }
        notes = sequence.notes(in: sequence.chords.indices)
        bars = score.barCount
        seconds = score.seconds
        comparedWith = source.names
        pieces = source.pieces - itself.count
        leftOut = itself.count
        phrase = SharedRun.phrase
        let (exactLength, nearLength) = (exact.first?.length ?? 0, near.first?.length ?? 0)
        chance = index.baseline.map { baseline in
            Chance(
                pieces: baseline.pieces, exact: .init(baseline.exact), near: .init(baseline.near),
                exactWithin: baseline.exact.count { $0 <= exactLength },
                nearWithin: baseline.near.count { $0 <= nearLength })
        }
    }
}

extension OriginalitySource {
    /// The pieces that were read from this very file.
    fileprivate func numbers(ofFile path: String) -> Set<Int> {
        func whole(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        }
        let file = whole(path)
        let name = (path as NSString).lastPathComponent
        return Set(
            table.index.pieces.indices.filter { number in
                let other = table.index.pieces[number].name.file
                return other.hasSuffix(name) && whole(other) == file
            })
    }
}
