import Foundation

/// A scale from numbers to places on a page, with round numbers marked.
struct PlotAxis {
    private let range: ClosedRange<Double>
    private let left: Double
    private let right: Double
    private let step: Double

    /// - Parameters:
    ///   - low: the lowest number to be shown.
    ///   - high: the highest one.
    init(from low: Double, to high: Double, left: Double, right: Double) {
        // Where all numbers are one, a scale on which it is to be seen.
        let span = high > low ? high - low : max(abs(high), 1)
        range = (low - 0.04 * span)...(low + 1.04 * span)
        (self.left, self.right) = (left, right)
        // Steps of 1, 2 or 5 times a power of ten: four or five of them, as a rule.
        let rough = span / 4
        let power = pow(10, log10(rough).rounded(.down))
        step =
            power
            * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10)
    }

    var ticks: [Double] {
        let first = Int((range.lowerBound / step).rounded(.up))
        let last = Int((range.upperBound / step).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }

    func place(of value: Double) -> Double {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return left + share * (right - left)
    }

    func label(of tick: Double) -> String {
        let digits = max(0, Int((-log10(step)).rounded(.up)))
        return String(format: "%.\(digits)f", tick)
    }
}
