/// Where played onsets are written: each beat is divided so that its onsets fit well and the division
/// is plain.
struct PerformedOnsets: Hashable, Sendable {
    private let positions: [Int: Int]

    /// Divisions of a beat, and what each costs beside the squared distances.
    private static let divisions: [(parts: Int, cost: Double)] = [
        (1, 0), (2, 1), (4, 2), (3, 2.5), (6, 4.5), (8, 6),
    ]
    /// A distance of 0.04 quarters costs half a unit, as under a normal distribution.
    private static let spread = 0.04
    /// What it costs to write two onsets as one that lie further than `chord` apart.
    private static let collision = 2.0
    private static let chord = FineTime.quarter / 12

    /// - Parameter onsets: in fine ticks, in any order.
    init(_ onsets: [Int], bars: [Bar]) {
        let sorted = Array(Set(onsets)).sorted()
        var positions: [Int: Int] = [:]
        var next = 0
        for bar in onsets.isEmpty ? [] : bars {
            for beat in MetricTree(bar.meter).beats {
                let start = bar.start - bar.offset + beat.start
                let end = min(start + beat.length, bar.end)
                let first = next
                while next < sorted.count, sorted[next] < end { next += 1 }
                guard first < next else { continue }
                Self.place(sorted[first..<next], start, beat.length, end, into: &positions)
            }
        }
        self.positions = positions
    }

    /// The place of an onset that was given before.
    func written(_ onset: Int) -> Int {
        positions[onset] ?? FineTime.nearest(to: onset, step: FineTime.quarter / 4)
    }

    private static func place(
        _ onsets: ArraySlice<Int>, _ start: Int, _ length: Int, _ end: Int,
        into positions: inout [Int: Int]
    ) {
        let quarters = max(1, length / FineTime.quarter)
        var best = (cost: Double.infinity, step: length)
        for division in divisions where length % (division.parts * quarters) == 0 {
            let step = length / division.parts
            let cost = division.cost + misfit(onsets, start, step)
            if cost < best.cost { best = (cost, step) }
        }
        for onset in onsets {
            let position = start + FineTime.nearest(to: max(0, onset - start), step: best.step)
            positions[onset] = min(position, end)
        }
    }

    private static func misfit(_ onsets: ArraySlice<Int>, _ start: Int, _ step: Int) -> Double {
        var cost = 0.0
        var former: (onset: Int, position: Int)?
        for onset in onsets {
            let position = start + FineTime.nearest(to: max(0, onset - start), step: step)
            let distance = Double(position - onset) / Double(FineTime.quarter) / spread
            cost += distance * distance / 2
            if let former, former.position == position, onset - former.onset > chord {
                cost += collision
            }
            former = (onset, position)
        }
        return cost
    }
}
