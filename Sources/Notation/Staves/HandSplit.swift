/// Deals notes that both hands of a pianist play to the two staves.
///
/// At each onset the lowest notes, none to all, go to the left hand. The Viterbi algorithm finds the
/// sequence of such cuts that costs least: hands that reach too far, that jump, or that leave their
/// half of the keyboard cost.
struct HandSplit {
    /// Where each hand is at home, as MIDI numbers.
    private static let home = (left: 48.0, right: 69.0)
    /// The widest reach without cost, in semitones.
    private static let reach = 12

    private struct Way {
        var cost = 0.0
        /// Where each hand was last.
        var left = HandSplit.home.left
        var right = HandSplit.home.right
    }

    /// Which notes are the right hand's.
    ///
    /// - Parameter notes: in order of onset, then of pitch.
    static func isRight(_ notes: [TimedNote]) -> [Bool] {
        let slices = slices(of: notes)
        var ways: [Way] = [Way()]
        var origins: [[Int]] = []
        for slice in slices {
            let pitches = notes[slice].map(\.pitch.number)
            var next: [Way] = []
            var origin: [Int] = []
            for cut in 0...pitches.count {
                let steps = ways.map { step(from: $0, pitches, cut) }
                let best = steps.indices.min { steps[$0].cost < steps[$1].cost } ?? 0
                next.append(steps[best])
                origin.append(best)
            }
            ways = next
            origins.append(origin)
        }
        var isRight = [Bool](repeating: true, count: notes.count)
        var cut = ways.indices.min { ways[$0].cost < ways[$1].cost } ?? 0
        for (slice, origin) in zip(slices, origins).reversed() {
            for index in slice.prefix(cut) { isRight[index] = false }
            cut = origin[cut]
        }
        return isRight
    }

    /// Stretches of notes that begin together. Of more notes than two hands play in one, the first
    /// sixteen are tried only.
    private static func slices(of notes: [TimedNote]) -> [Range<Int>] {
        var slices: [Range<Int>] = []
        var first = 0
        for index in notes.indices {
            let isLast = index + 1 == notes.count
            if isLast || notes[index + 1].start != notes[first].start || index - first == 15 {
                slices.append(first..<index + 1)
                first = index + 1
            }
        }
        return slices
    }

    private static func step(from way: Way, _ pitches: [Int], _ cut: Int) -> Way {
        var way = way
        let left = pitches[..<cut]
        let right = pitches[cut...]
        if let low = left.first, let high = left.last {
            let centre = Double(low + high) / 2
            way.cost += cost(low, high, centre, from: way.left, home: home.left)
            way.left = centre
        }
        if let low = right.first, let high = right.last {
            let centre = Double(low + high) / 2
            way.cost += cost(low, high, centre, from: way.right, home: home.right)
            way.right = centre
        }
        if way.left > way.right { way.cost += way.left - way.right }
        return way
    }

    private static func cost(
        _ low: Int, _ high: Int, _ centre: Double, from last: Double, home: Double
    ) -> Double {
        let excess = Double(max(0, high - low - reach))
        let away = abs(centre - home) / 12
        return 4 * excess + abs(centre - last) / 6 + away * away
    }
}
