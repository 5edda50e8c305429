/// One level of an interpolated model: after a context, a token's probability is its share of the
/// counts plus the context's remainder times its probability at the level below.
///
/// Both smoothings have this form and differ in two numbers for each context.
struct SmoothedCounts: Sendable {
    let counts: NGramCounts
    private let discounts: Discounts
    private var denominators: [Double] = []
    private var remainders: [Double] = []

    init(_ counts: NGramCounts, _ smoothing: NGramModel.Smoothing) {
        self.counts = counts
        discounts = smoothing == .kneserNey ? Discounts(for: counts.counts) : .none
        denominators.reserveCapacity(counts.contexts.count)
        remainders.reserveCapacity(counts.contexts.count)
        for context in counts.contexts.indices {
            let range = counts.range(ofContext: context)
            let seen = counts.counts[range]
            let total = Double(seen.reduce(0) { $0 + Int($1) })
            let types = Double(range.count)
            switch smoothing {
            case .wittenBell:
                denominators.append(total + types)
                remainders.append(types / (total + types))
            case .kneserNey:
                let taken = seen.reduce(0) { $0 + discounts[Int($1)] }
                denominators.append(total)
                remainders.append(taken / total)
            }
        }
    }

    /// - Parameters:
    ///   - lower: the token's probability at the level below.
    /// - Returns: nil when nothing was seen after the context.
    func probability(of token: Int, after context: UInt64, lower: Double) -> Double? {
        guard let index = counts.index(ofContext: context) else { return nil }
        let count = counts.count(of: token, inContext: index)
        let share = (Double(count) - discounts[count]) / denominators[index]
        return share + remainders[index] * lower
    }

    /// Makes of all tokens' probabilities at the level below, (V), those at this level.
    ///
    /// - Returns: false, with nothing changed, when nothing was seen after the context.
    func mix(into probabilities: inout [Double], after context: UInt64) -> Bool {
        guard let index = counts.index(ofContext: context) else { return false }
        for token in probabilities.indices { probabilities[token] *= remainders[index] }
        for place in counts.range(ofContext: index) {
            let count = Int(counts.counts[place])
            probabilities[Int(counts.tokens[place])] +=
                (Double(count) - discounts[count]) / denominators[index]
        }
        return true
    }
}
