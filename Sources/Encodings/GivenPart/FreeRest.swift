/// How long an instrument rests beside a given part: it was asked to play, though a model may think that it has
/// nothing to say, or that the piece begins with a prelude of the other.
package struct FreeRest: Hashable, Sendable {
    /// In quarters.
    package static let longest = 8
    /// Before its first note, in quarters.
    package static let longestBeforeEntry = 2

    private let stepsPerQuarter: Int
    private let endStep: Int
    /// The latest step before which it sounds; nil before its first note.
    private var start: Int?

    init(stepsPerQuarter: Int, endStep: Int) {
        self.stepsPerQuarter = stepsPerQuarter
        self.endStep = endStep
    }

    /// Notes that it sounds until a step.
    mutating func sounds(until step: Int) { start = max(start ?? 0, step) }

    /// The step in which it strikes at the latest; nil where the piece ends before.
    var end: Int? {
        let quarters =
            start.map { ($0 + stepsPerQuarter - 1) / stepsPerQuarter + Self.longest }
            ?? Self.longestBeforeEntry
        let end = quarters * stepsPerQuarter
        return end < endStep ? end : nil
    }
}
