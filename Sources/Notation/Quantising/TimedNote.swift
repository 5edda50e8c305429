import Score

/// A note with the times at which it is written, in fine ticks.
package struct TimedNote: Hashable, Sendable {
    package let pitch: Pitch
    package var start: Int
    package var end: Int

    /// By onset, then from low to high.
    static func precedes(_ a: TimedNote, _ b: TimedNote) -> Bool {
        (a.start, a.pitch, a.end) < (b.start, b.pitch, b.end)
    }
}
