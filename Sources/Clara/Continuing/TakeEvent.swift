import Score

/// What happens while takes are written.
package enum TakeEvent: Sendable {
    /// Music of a take that will not change, and where the take has come to.
    case music([WrittenNote], [TempoMap.Change], take: Int, at: Ticks)
    case complete(Take, take: Int)
}
