/// What reading puts up with.
public struct ReadingPolicy: Hashable, Sendable {
    /// Which damaged files are read.
    public enum Tolerance: Hashable, Sendable {
        /// All that have a header; what is readable is kept, each repair is reported.
        case lenient
        /// As `lenient`, but a file that ends before its music does is refused.
        case complete
        /// None: the first repair becomes the error.
        case strict
    }

    /// What happens when a pitch is struck while it sounds, in one track and channel.
    public enum Overlap: Hashable, Sendable {
        /// The new strike ends the former note, as on a keyboard. The next release ends the new
        /// one; the release that was meant for the former one does nothing.
        case newStrikeEndsFormer
        /// Both sound; the first release ends the first note, the second the second.
        case firstReleaseEndsFirst
    }

    public var tolerance: Tolerance
    public var overlap: Overlap

    public init(tolerance: Tolerance, overlap: Overlap = .newStrikeEndsFormer) {
        self.tolerance = tolerance
        self.overlap = overlap
    }

    public static let lenient = ReadingPolicy(tolerance: .lenient)
    public static let complete = ReadingPolicy(tolerance: .complete)
    public static let strict = ReadingPolicy(tolerance: .strict)
}

extension ReadingPolicy.Tolerance {
    /// Throws where a file with this report is not put up with.
    func check(_ report: ReadingReport, of name: String) throws(MIDIFileError) {
        switch self {
        case .lenient: break
        case .complete:
            if let cut = report.repairs.first(where: { $0.kind == .cutShort }) {
                throw MIDIFileError(file: name, reason: .cutShort(cut))
            }
        case .strict:
            if let repair = report.repairs.first {
                throw MIDIFileError(file: name, reason: .damaged(repair))
            }
        }
    }
}
