/// What Kneser–Ney smoothing takes off the counts 1, 2 and 3 or more, to give to unseen n-grams.
package struct Discounts: Hashable, Sendable {
    package let one: Double
    package let two: Double
    package let more: Double

    /// Takes nothing off.
    package static let none = Discounts(one: 0, two: 0, more: 0)

    package init(one: Double, two: Double, more: Double) {
        (self.one, self.two, self.more) = (one, two, more)
    }

    /// The discounts for a collection of counts: three where it has enough n-grams of the counts 1
    /// to 4 to estimate them, else one for all counts.
    package init(for counts: [UInt32]) {
        var occurrences = [0, 0, 0, 0]
        for count in counts where (1...4).contains(count) { occurrences[Int(count) - 1] += 1 }
        self.init(countsOfCounts: occurrences)
    }

    /// - Parameter countsOfCounts: how many n-grams have the counts 1, 2, 3 and 4.
    package init(countsOfCounts: [Int]) {
        let n = countsOfCounts.map(Double.init)
        let single = n[0] > 0 ? n[0] / (n[0] + 2 * n[1]) : 0.5
        let three = Discounts(
            one: 1 - 2 * single * n[1] / n[0],
            two: 2 - 3 * single * n[2] / n[1],
            more: 3 - 4 * single * n[3] / n[2])
        let isUsable = !n.contains(0) && three.one > 0 && three.two > 0 && three.more > 0
        self = isUsable ? three : Discounts(one: single, two: single, more: single)
    }

    package subscript(count: Int) -> Double {
        switch count {
        case ...0: 0
        case 1: one
        case 2: two
        default: more
        }
    }
}
