/// Which cells were struck in each of the last four quarters' steps, and in this one.
struct StrikeHistory: Hashable, Sendable {
    /// How many quarters it looks back.
    static let quarters = 4

    private(set) var step = 0
    private let stepsPerQuarter: Int
    /// By step modulo their number.
    private var strikes: [PitchIndexSet]

    init(stepsPerQuarter: Int) {
        self.stepsPerQuarter = stepsPerQuarter
        strikes = Array(repeating: PitchIndexSet(), count: Self.quarters * stepsPerQuarter + 1)
    }

    /// Back to the beginning of a text.
    mutating func reset() {
        step = 0
        for index in strikes.indices { strikes[index] = PitchIndexSet() }
    }

    /// Notes a strike in this step.
    mutating func strike(_ cell: Int) { strikes[step % strikes.count].insert(cell) }

    /// Lets steps pass.
    mutating func pass(_ steps: Int) {
        for passed in (step..<step + steps).suffix(strikes.count) {
            strikes[(passed + 1) % strikes.count] = PitchIndexSet()
        }
        step += steps
    }

    /// The cells struck so many steps ago, at most four quarters.
    func struck(stepsAgo: Int) -> PitchIndexSet {
        strikes[(step + strikes.count - stepsAgo) % strikes.count]
    }
}
