import Tensors

/// How much of the activations dropout sets to zero in training, 0 ≤ rate < 1 each.
package struct DropoutRates: Hashable, Sendable, Codable {
    /// Of the embedded tokens, before the first layer.
    package let input: Float
    /// Between layers.
    package let hidden: Float
    /// Of the last layer's output.
    package let output: Float

    package init(input: Float, hidden: Float, output: Float) {
        precondition(
            [input, hidden, output].allSatisfy { (0..<1).contains($0) }, "a rate is 0…1, below 1")
        self.input = input
        self.hidden = hidden
        self.output = output
    }
}

/// Dropout with one mask for all steps of a window (Gal & Ghahramani 2016): the same units of a
/// stream are left out throughout, the others scaled so that the mean stays.
final class VariationalDropout {
    private let rates: [Float]
    private let masks: [FloatBuffer]  // (B, width) each
    private let streams: Int

    init(rates: DropoutRates, widths: [Int], streams: Int) {
        self.rates = widths.indices.map {
            $0 == 0 ? rates.input : $0 == widths.count - 1 ? rates.output : rates.hidden
        }
        self.streams = streams
        masks = widths.map { FloatBuffer(zeros: streams * $0) }
    }

    /// New masks for the next window.
    func draw(using generator: inout SeededGenerator) {
        for (rate, mask) in zip(rates, masks) where rate > 0 {
            let kept = 1 / (1 - rate)
            for index in 0..<mask.count {
                mask.base[index] = generator.uniform() < rate ? 0 : kept
            }
        }
    }

    /// Multiplies every step of `activations` (T·B, width), or of their gradients, by mask `index`.
    func apply(_ index: Int, to activations: Matrix) {
        guard rates[index] > 0 else { return }
        let mask = masks[index].matrix(rows: streams, columns: activations.columns)
        for start in stride(from: 0, to: activations.rows, by: streams) {
            activations.rows(from: start, count: streams).multiply(by: mask)
        }
    }
}
