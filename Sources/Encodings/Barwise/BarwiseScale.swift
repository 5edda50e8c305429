import Foundation
import Score

/// The values that barwise text has words for: meters, lengths, tempos and velocities. All but meters
/// are rounded to the nearest.
struct BarwiseScale: Hashable, Sendable {
    /// Steps in a quarter note.
    let quarter: Int
    /// Every meter of whole steps whose bar is no longer than eight quarters.
    let meters: [Meter]
    /// Lengths of notes in steps, ascending: each up to eight quarters, then each whole quarter up to
    /// sixteen.
    let lengths: [Int]

    /// The longest bar in steps.
    var longestBar: Int { 8 * quarter }

    init(_ resolution: GridResolution) {
        let quarter = resolution.stepsPerQuarter
        self.quarter = quarter
        meters = [1, 2, 4, 8, 16].flatMap { denominator in
            (1...32).compactMap { numerator in
                let steps = numerator * 4 * quarter
                guard steps % denominator == 0, steps / denominator <= 8 * quarter else {
                    return nil
                }
                return Meter(numerator, denominator)
            }
        }
        lengths = Array(1...8 * quarter) + (9...16).map { $0 * quarter }
    }

    /// The index of 4/4, which holds where no meter is told.
    var commonTime: Int { meters.firstIndex(of: .common) ?? 0 }

    /// A bar's length in steps.
    func steps(of meter: Meter) -> Int { meter.numerator * 4 * quarter / meter.denominator }

    /// The index of the nearest length, the shorter of two.
    func nearestLength(_ steps: Int) -> Int {
        let above = lengths.firstIndex { $0 >= steps } ?? lengths.count - 1
        guard above > 0, steps - lengths[above - 1] <= lengths[above] - steps else { return above }
        return above - 1
    }

    /// The index of the longest length within `steps`, which must be at least 1.
    func longestLength(within steps: Int) -> Int { (lengths.lastIndex { $0 <= steps }) ?? 0 }
}

/// Tempos as barwise text has them: 48 from 20 to 300 quarters a minute, each 6 % faster than the one
/// before.
enum TempoScale {
    static let count = 48
    private static let slowest = 20.0
    private static let ratio = 1.0593

    /// The index of the nearest tempo.
    static func index(microsecondsPerQuarter: Double) -> Int {
        let tempo = 60e6 / max(1, microsecondsPerQuarter)
        let steps = log(tempo / slowest) / log(ratio)
        return Int(min(Double(count - 1), max(0, steps.rounded())))
    }

    static func microsecondsPerQuarter(_ index: Int) -> Int {
        Int((60e6 / (slowest * pow(ratio, Double(index)))).rounded())
    }
}

/// Velocities as barwise text has them: multiples of four, and 1.
enum VelocityScale {
    static let count = 32

    static func index(_ velocity: Velocity) -> Int { min(count - 1, (velocity.value + 2) / 4) }
    static func velocity(_ index: Int) -> Velocity { Velocity(max(1, 4 * index)) ?? .mezzoForte }
}
