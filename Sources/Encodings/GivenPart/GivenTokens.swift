/// The tokens of a given part in their steps, and which of them have come.
struct GivenTokens: Hashable, Sendable {
    struct Event: Hashable, Sendable {
        let step: Int
        let token: Int
    }

    private let events: [Event]
    /// How many have come.
    private(set) var count = 0

    init(_ events: [Event]) { self.events = events }

    /// What comes next.
    var due: Event? { count < events.count ? events[count] : nil }

    /// Takes in a token that is written, given or not; at a `bar` the step is where the bar begins.
    mutating func advance(_ token: Int, at step: Int) {
        if due == Event(step: step, token: token) { count += 1 }
    }
}
