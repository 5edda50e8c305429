import Foundation

/// How often each pitch class was struck of late: every strike counts half as much after so many more.
struct PitchClassCounts: Hashable, Sendable {
    /// C first; the last four are 0.
    private(set) var weights = SIMD16<Float>()
    /// Of the weights.
    private(set) var sum: Float = 0
    private let decay: Float

    /// Until so much was struck, shares are as if it had been.
    private static let least: Float = 8
    /// Where classes of shares begin.
    private static let bounds: [Float] = [0.005, 0.015, 0.04, 0.08, 0.14, 0.22]

    /// How many classes `frequency` tells apart.
    static let frequencies = bounds.count

    /// - Parameter halfLife: in strikes.
    init(halfLife: Double) { decay = Float(exp2(-1 / halfLife)) }

    mutating func strike(_ pitchClass: Int) {
        weights *= decay
        weights[pitchClass] += 1
        sum = weights.sum()
    }

    mutating func reset() { (weights, sum) = (SIMD16(), 0) }

    /// The class of a pitch class's share, below `frequencies`; −1 where it has not been for long.
    func frequency(of pitchClass: Int) -> Int {
        let share = weights[pitchClass] / max(Self.least, sum)
        return (Self.bounds.firstIndex { share < $0 } ?? Self.frequencies) - 1
    }
}
