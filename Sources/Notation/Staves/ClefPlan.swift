/// Which clef each bar of a staff begins with: few ledger lines, few changes.
struct ClefPlan {
    /// What a change costs, in ledger lines.
    private static let change = 14
    /// What a bar in a hand's unusual clef costs.
    private static let unusual = 1

    /// One clef a bar, found by the Viterbi algorithm.
    ///
    /// - Parameters:
    ///   - bars: the diatonic steps that each bar has, counted from C0.
    ///   - clefs: the staff's usual clef first.
    static func clefs(forSteps bars: [[Int]], among clefs: [Clef]) -> [Clef] {
        guard clefs.count > 1 else { return bars.map { _ in clefs[0] } }
        var costs = clefs.indices.map { $0 == 0 ? 0 : 4 }
        var origins: [[Int]] = []
        for steps in bars {
            var next: [Int] = []
            var origin: [Int] = []
            for (index, clef) in clefs.enumerated() {
                let former =
                    clefs.indices.min { a, b in
                        cost(costs, a, index) < cost(costs, b, index)
                    } ?? index
                let lines = steps.reduce(0) { $0 + clef.ledgerLines(step: $1) }
                next.append(
                    cost(costs, former, index) + lines + (index == 0 ? 0 : unusual))
                origin.append(former)
            }
            costs = next
            origins.append(origin)
        }
        var state = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        var chosen: [Clef] = []
        for origin in origins.reversed() {
            chosen.append(clefs[state])
            state = origin[state]
        }
        return chosen.reversed()
    }

    private static func cost(_ costs: [Int], _ former: Int, _ present: Int) -> Int {
        costs[former] + (former == present ? 0 : change)
    }
}
