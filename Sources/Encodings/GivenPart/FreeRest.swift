/// How long an instrument rests beside a given part: it was asked to play, though a model may think that it has
/// nothing to say.
package struct FreeRest: Hashable, Sendable {
    /// In quarters.
    package static let longest = 8

    private let stepsPerQuarter: Int
    private let endStep: Int
    /// The latest step before which it sounds.
    private var start = 0

    init(stepsPerQuarter: Int, endStep: Int) {
        self.stepsPerQuarter = stepsPerQuarter
        self.endStep = endStep
    }

    /// Notes that it sounds until a step.
    mutating func sounds(until step: Int) { start = max(start, step) }

    /// The step in which it strikes at the latest; nil where the piece ends before.
    var end: Int? {
        let quarters = (start + stepsPerQuarter - 1) / stepsPerQuarter + Self.longest
        let end = quarters * stepsPerQuarter
        return end < endStep ? end : nil
    }
}
