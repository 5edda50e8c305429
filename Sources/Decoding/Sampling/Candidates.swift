import Foundation
import Tensors

/// The tokens that may still be chosen, with their probabilities up to a common factor.
///
/// Reused from token to token: after the first no call allocates memory.
package struct Candidates: Sendable {
    /// A token that may be chosen.
    package struct Candidate: Hashable, Sendable {
        package let token: Int
        /// The logit less the best candidate's: at most 0.
        package fileprivate(set) var logit: Float
        /// e to the logit, so 1 for the best candidate.
        package fileprivate(set) var weight: Float

        /// Whether this is the better one: the likelier, among equals the lower token.
        fileprivate func isBetter(than other: Candidate) -> Bool {
            logit > other.logit || (logit == other.logit && token < other.token)
        }
    }

    /// At least one, once filled.
    package private(set) var all: [Candidate] = []
    /// Whether `all` stands best first; else by ascending token.
    package private(set) var isSorted = false
    /// The logit that the candidates' are relative to: the best one's, as the model gave it or as a
    /// transform lowered it.
    private(set) var highestLogit = -Float.infinity
    /// Room to exponentiate all logits at once.
    private var weights: [Float] = []

    init() {}

    /// The candidates' weights, summed in order.
    var totalWeight: Double {
        all.reduce(0) { $0 + Double($1.weight) }
    }

    /// The best candidate; the lower token among equals. Traps when there is none.
    var best: Candidate {
        guard var best = all.first else { preconditionFailure("there is at least one candidate") }
        for candidate in all where candidate.isBetter(than: best) { best = candidate }
        return best
    }

    /// Starts anew with all tokens whose logit is not −infinity.
    ///
    /// - Returns: false when there are none.
    /// - Throws: for a logit that is not a number or +infinity.
    mutating func fill(from logits: UnsafeBufferPointer<Float>) throws(SamplingError) -> Bool {
        isSorted = false
        highestLogit = -.infinity
        for (token, logit) in logits.enumerated() {
            guard logit < .infinity else { throw SamplingError(token: token, logit: logit) }
            if logit > highestLogit { highestLogit = logit }
        }
        let missing = logits.count - all.count
        if missing > 0 {
            let none = Candidate(token: 0, logit: 0, weight: 0)
            all.append(contentsOf: repeatElement(none, count: missing))
        }
        weights.removeAll(keepingCapacity: true)
        for logit in logits { weights.append(logit - highestLogit) }
        weights.withUnsafeMutableBufferPointer { Kernels.exponentials($0) }
        let count = all.withUnsafeMutableBufferPointer { places in
            Self.fill(places, from: logits, relativeTo: highestLogit, weights: weights)
        }
        all.removeLast(all.count - count)
        return count > 0
    }

    /// Writes a candidate for each logit that is not −infinity, and returns how many.
    private static func fill(
        _ places: UnsafeMutableBufferPointer<Candidate>, from logits: UnsafeBufferPointer<Float>,
        relativeTo highest: Float, weights: [Float]
    ) -> Int {
        var count = 0
        for token in logits.indices {
            let relative = logits[token] - highest
            guard relative > -.infinity else { continue }
            places[count] = Candidate(token: token, logit: relative, weight: weights[token])
            count += 1
        }
        return count
    }

    /// Multiplies all logits by a number above 0, which leaves their order.
    package mutating func scaleLogits(by factor: Float) {
        for index in all.indices {
            // The best logit is 0 and stays 0, also where the factor is infinite.
            if all[index].logit < 0 { all[index].logit *= factor }
        }
        weights.removeAll(keepingCapacity: true)
        for candidate in all { weights.append(candidate.logit) }
        weights.withUnsafeMutableBufferPointer { Kernels.exponentials($0) }
        for index in all.indices { all[index].weight = weights[index] }
    }

    /// Lowers the candidates' logits: by how much, at least 0 and finite, is said for each token.
    ///
    /// Comes before all truncations.
    package mutating func lower(by drop: (_ token: Int) -> Float) {
        precondition(!isSorted, "truncations come after")
        for index in all.indices {
            let drop = drop(all[index].token)
            guard drop > 0 else { continue }
            all[index].logit -= drop
            all[index].weight = exp(all[index].logit)
        }
        makeBestZero()
    }

    /// Removes candidates, unless that would leave none.
    ///
    /// Comes before all truncations.
    package mutating func remove(_ isRemoved: (_ token: Int) -> Bool) {
        precondition(!isSorted, "truncations come after")
        var kept = 0
        for index in all.indices where !isRemoved(all[index].token) {
            all[kept] = all[index]
            kept += 1
        }
        guard kept > 0 else { return }
        all.removeLast(all.count - kept)
        makeBestZero()
    }

    /// Makes the logits relative to what is now the best one's.
    private mutating func makeBestZero() {
        var best = -Float.infinity
        for candidate in all { best = max(best, candidate.logit) }
        guard best < 0, best > -.infinity else { return }
        highestLogit += best
        for index in all.indices {
            all[index].logit -= best
            all[index].weight = exp(all[index].logit)
        }
    }

    /// Keeps those candidates that are better than or equal to a logit relative to the best one's.
    package mutating func keep(logitAtLeast lowest: Float) {
        let limit = min(lowest, 0)
        all.removeAll { $0.logit < limit }
    }

    /// Keeps the best candidates, best first: the fewest with which `isEnough` is true.
    ///
    /// O(V + n log V) for n kept of V.
    ///
    /// - Parameter isEnough: is told how many are kept and the sum of their weights.
    package mutating func keepBest(until isEnough: (_ count: Int, _ weight: Double) -> Bool) {
        if !isSorted { makeHeap() }
        var kept = 0
        var weight = 0.0
        while kept < all.count {
            if !isSorted { moveBestToEnd(of: all.count - kept) }
            weight += Double(all[isSorted ? kept : all.count - 1 - kept].weight)
            kept += 1
            if isEnough(kept, weight) { break }
        }
        if !isSorted { all.reverse() }
        all.removeLast(all.count - kept)
        isSorted = true
    }
}

// A binary heap in place: no better candidate stands below another.
extension Candidates {
    private mutating func makeHeap() {
        for index in stride(from: all.count / 2 - 1, through: 0, by: -1) {
            siftDown(from: index, count: all.count)
        }
    }

    /// Takes the best out of a heap of the first `count` candidates and puts it behind the rest.
    private mutating func moveBestToEnd(of count: Int) {
        all.swapAt(0, count - 1)
        siftDown(from: 0, count: count - 1)
    }

    private mutating func siftDown(from start: Int, count: Int) {
        var parent = start
        while 2 * parent + 1 < count {
            var child = 2 * parent + 1
            if child + 1 < count, all[child + 1].isBetter(than: all[child]) { child += 1 }
            guard all[child].isBetter(than: all[parent]) else { return }
            all.swapAt(parent, child)
            parent = child
        }
    }
}
