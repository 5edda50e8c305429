/// More notes than hands play or ears follow.
///
/// Either more than `onsets` notes a quarter are struck in some window of one bar, or in some window
/// of two bars more than `keysDown` keys are down on average. A window begins at each onset and ends
/// within the passage; one that is longer than the passage is the passage.
///
/// Each threshold is what 99.5 % of composers' continuations of 16 bars stay within, so that fewer
/// than 1 % of those count as walls.
public struct WallOfNotes: FaultDetector, Hashable {
    /// Notes struck a quarter, averaged over a bar.
    public let onsets: Double
    /// Keys down at once, averaged over two bars.
    public let keysDown: Double

    public init(onsets: Double = 27, keysDown: Double = 8) {
        precondition(onsets > 0 && keysDown > 0, "there is no music without notes")
        self.onsets = onsets
        self.keysDown = keysDown
    }

    public func isFound(in passage: Passage) -> Bool {
        Self.densestBar(of: passage) > onsets || Self.mostKeysDown(in: passage) > keysDown
    }

    /// Onsets a quarter in the densest window of a bar.
    package static func densestBar(of passage: Passage) -> Double {
        windows(ofBars: 1, in: passage).map { window in
            let struck = passage.notes.count { window.contains($0.onset) }
            return Double(struck) / (window.upperBound - window.lowerBound)
        }.max() ?? 0
    }

    /// Keys down on average in the fullest window of two bars.
    package static func mostKeysDown(in passage: Passage) -> Double {
        windows(ofBars: 2, in: passage).map { window in
            let held = passage.notes.reduce(0) { held, note in
                held
                    + max(
                        0, min(note.end, window.upperBound) - max(note.onset, window.lowerBound))
            }
            return held / (window.upperBound - window.lowerBound)
        }.max() ?? 0
    }

    private static func windows(ofBars bars: Double, in passage: Passage) -> [Range<Double>] {
        let length = min(bars * passage.barLength, passage.length)
        guard length > 0 else { return [] }
        let starts = Set(passage.notes.map { min($0.onset, passage.length - length) })
        return starts.map { $0..<$0 + length }
    }
}
