import Originality
import Score

/// What the new music of a take has in common with the music that it was to keep from copying.
public struct TakeCopies: Hashable, Sendable, Encodable {
    /// The longest exact run; nil where there is none worth a look.
    public let exact: CopiedRun?
    /// The longest one with small changes.
    public let near: CopiedRun?

    /// - Parameter start: where the new music begins in the take.
    package init(of score: Score, from start: Ticks, comparedWith source: OriginalitySource) {
        let new = ChordSequence(of: score).suffix(from: start)
        let search = RunSearch(new, in: source.table)
        let index = source.table.index
        exact = search.exactRuns(atMost: 1).first.map {
            CopiedRun($0, of: new, in: score, index: index)
        }
        near = search.nearRuns(atMost: 1).first.map {
            CopiedRun($0, of: new, in: score, index: index)
        }
    }
}
