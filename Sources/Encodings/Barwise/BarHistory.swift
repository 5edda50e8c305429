/// Which cells were struck at each step of this bar and of the eight before it.
struct BarHistory: Hashable, Sendable {
    /// How many bars ago it can look: music repeats its bars most at these distances.
    static let lags = [1, 2, 4, 8]

    private static let bars = 9
    private let longestBar: Int
    /// The number of this bar.
    private var bar = 0
    /// A row of steps for each bar, by its number modulo their count.
    private var strikes: [PitchIndexSet]

    /// - Parameter longestBar: the most steps a bar has.
    init(longestBar: Int) {
        self.longestBar = longestBar
        strikes = Array(repeating: PitchIndexSet(), count: Self.bars * longestBar)
    }

    /// Back to the beginning of a text.
    mutating func reset() {
        bar = 0
        for index in strikes.indices { strikes[index] = PitchIndexSet() }
    }

    mutating func beginBar() {
        bar += 1
        for index in row(of: bar) { strikes[index] = PitchIndexSet() }
    }

    /// Notes a strike at a step of this bar.
    mutating func strike(_ cell: Int, at position: Int) {
        strikes[row(of: bar).lowerBound + position].insert(cell)
    }

    /// The cells struck at a step of the bar so many bars ago, at most eight.
    func struck(at position: Int, barsAgo: Int) -> PitchIndexSet {
        bar < barsAgo ? PitchIndexSet() : strikes[row(of: bar - barsAgo).lowerBound + position]
    }

    /// The first step after `position` where that bar struck any; nil where none follows.
    func nextStrike(after position: Int, barsAgo: Int) -> Int? {
        guard bar >= barsAgo else { return nil }
        let row = row(of: bar - barsAgo)
        return strikes[row].dropFirst(position + 1).firstIndex { !$0.isEmpty }
            .map { $0 - row.lowerBound }
    }

    private func row(of bar: Int) -> Range<Int> {
        let first = bar % Self.bars * longestBar
        return first..<first + longestBar
    }
}
