import Foundation

extension [Double] {
    /// ln p of each, of values that are ln p but for what they have in common: they then sum to 1 as p.
    package var logSoftmax: [Double] {
        let top = reduce(-.infinity, Swift.max)
        let logarithm = log(reduce(0) { $0 + exp($1 - top) })
        return map { $0 - top - logarithm }
    }

    /// The place of the largest, the first of equal ones; 0 where there is none.
    package var indexOfLargest: Int {
        indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 }
    }
}
