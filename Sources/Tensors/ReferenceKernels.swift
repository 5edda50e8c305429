import Foundation

/// The kernels once more, plainly, as the reference that the fast ones are compared with in tests.
public enum ReferenceKernels {
    /// a (m × k) · b (k × n).
    public static func product(_ a: [Float], _ b: [Float], m: Int, k: Int, n: Int) -> [Float] {
        var result = [Float](repeating: 0, count: m * n)
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for inner in 0..<k {
                    sum += Double(a[row * k + inner]) * Double(b[inner * n + column])
                }
                result[row * n + column] = Float(sum)
            }
        }
        return result
    }

    public static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

    /// One LSTM cell for one row: `gates` (4·H) preactivations in the order i, f, g, o.
    public static func lstmCell(gates: [Float], c: [Float]) -> (c: [Float], h: [Float]) {
        let hidden = c.count
        var after = c
        var h = c
        for k in 0..<hidden {
            let i = sigmoid(gates[k])
            let f = sigmoid(gates[hidden + k])
            let g = tanh(gates[2 * hidden + k])
            let o = sigmoid(gates[3 * hidden + k])
            after[k] = f * c[k] + i * g
            h[k] = o * tanh(after[k])
        }
        return (after, h)
    }

    /// ln softmax of one row.
    public static func logSoftmax(_ logits: [Float]) -> [Float] {
        let top = logits.max() ?? 0
        let sum = logits.reduce(0.0) { $0 + exp(Double($1 - top)) }
        return logits.map { $0 - top - Float(log(sum)) }
    }
}
