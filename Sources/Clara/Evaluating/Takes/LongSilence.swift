/// Nothing sounds for too long, or there is no note at all.
///
/// A note sounds while its key is down; the pedal does not count. The stretches before the first
/// note and after the last one count like those between. Of composers' continuations of 16 bars 0.2 % rest for longer than a bar and a
/// half.
public struct LongSilence: FaultDetector, Hashable {
    /// The longest rest that is none, in bars.
    public let longestRest: Double

    public init(longestRest: Double = 1.5) {
        precondition(longestRest >= 0, "a rest has a length")
        self.longestRest = longestRest
    }

    public func isFound(in passage: Passage) -> Bool {
        guard !passage.notes.isEmpty else { return true }
        return Self.longestRest(in: passage) > longestRest * passage.barLength
    }

    /// In quarters.
    package static func longestRest(in passage: Passage) -> Double {
        var longest = 0.0
        var end = 0.0
        for note in passage.notes {
            longest = max(longest, note.onset - end)
            end = max(end, note.end)
        }
        return max(longest, passage.length - end)
    }
}
