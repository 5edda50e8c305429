import Foundation

/// The kernels once more, plainly and in double precision, as the reference that the fast ones are
/// compared with in tests. Rows are arrays; shapes as in `clara_kernels.h`.
package enum ReferenceKernels {
    /// a (m × k) · b (k × n).
    package static func product(_ a: [Float], _ b: [Float], m: Int, k: Int, n: Int) -> [Float] {
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

    /// aᵀ (columns × rows) of a (rows × columns).
    package static func transposed(_ a: [Float], rows: Int, columns: Int) -> [Float] {
        (0..<columns).flatMap { column in (0..<rows).map { a[$0 * columns + column] } }
    }

    package static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// ln softmax of one row.
    package static func logSoftmax(_ logits: [Float]) -> [Double] {
        let top = Double(logits.max() ?? 0)
        let sum = logits.reduce(0.0) { $0 + exp(Double($1) - top) }
        return logits.map { Double($0) - top - log(sum) }
    }

    /// −ln p of the target, and scale·(softmax − onehot), of one row.
    package static func crossEntropy(
        _ logits: [Float], target: Int, scale: Double
    ) -> (loss: Double, gradient: [Double]) {
        let logs = logSoftmax(logits)
        return (
            -logs[target], logs.indices.map { scale * (exp(logs[$0]) - ($0 == target ? 1 : 0)) }
        )
    }

    /// One Adam step on one weight, with decoupled weight decay; `step` is counted from 1.
    package static func adam(
        weight: inout Double, moments: inout (m: Double, v: Double), gradient: Double, step: Int,
        rate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double
    ) {
        moments.m = beta1 * moments.m + (1 - beta1) * gradient
        moments.v = beta2 * moments.v + (1 - beta2) * gradient * gradient
        let first = moments.m / (1 - pow(beta1, Double(step)))
        let second = moments.v / (1 - pow(beta2, Double(step)))
        weight -= rate * weightDecay * weight
        weight -= rate * first / (second.squareRoot() + epsilon)
    }
}

extension ReferenceKernels {
    /// One LSTM cell of one row: `gates` (4·H) preactivations in the order i, f, g, o.
    package static func lstmCell(
        gates: [Float], c: [Float]
    ) -> (activations: [Double], c: [Double], h: [Double]) {
        let hidden = c.count
        let activations = gates.indices.map { index in
            let x = Double(gates[index])
            return index / hidden == 2 ? tanh(x) : sigmoid(x)
        }
        var after = [Double](repeating: 0, count: hidden)
        var h = after
        for k in 0..<hidden {
            let (i, f) = (activations[k], activations[hidden + k])
            let (g, o) = (activations[2 * hidden + k], activations[3 * hidden + k])
            after[k] = f * Double(c[k]) + i * g
            h[k] = o * tanh(after[k])
        }
        return (activations, after, h)
    }

    /// The gradients of one row's preactivations (4·H) and of the cell state before, (H).
    package static func lstmCellGradient(
        gates: [Float], c: [Float], dh: [Float], dc: [Float]
    ) -> (gates: [Double], c: [Double]) {
        let hidden = c.count
        let (activations, after, _) = lstmCell(gates: gates, c: c)
        var dGates = activations
        var dBefore = [Double](repeating: 0, count: hidden)
        for k in 0..<hidden {
            let (i, f) = (activations[k], activations[hidden + k])
            let (g, o) = (activations[2 * hidden + k], activations[3 * hidden + k])
            let t = tanh(after[k])
            // h = o·tanh(c), and c goes on to the later step too.
            let d = Double(dc[k]) + Double(dh[k]) * o * (1 - t * t)
            dGates[k] = d * g * i * (1 - i)
            dGates[hidden + k] = d * Double(c[k]) * f * (1 - f)
            dGates[2 * hidden + k] = d * i * (1 - g * g)
            dGates[3 * hidden + k] = Double(dh[k]) * t * o * (1 - o)
            dBefore[k] = d * f
        }
        return (dGates, dBefore)
    }
}

extension ReferenceKernels {
    /// The value of an IEEE 754 binary16 number.
    package static func value(ofHalf bits: UInt16) -> Float {
        let sign: Float = bits >> 15 == 0 ? 1 : -1
        let exponent = Int(bits >> 10) & 31
        let fraction = Float(bits & 1023)
        return switch exponent {
        case 0: sign * fraction * 0x1p-24
        case 31: fraction == 0 ? sign * .infinity : .nan
        default:
            sign * (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }

    /// The nearest binary16 number of a number that is no NaN; of two as near, the even one.
    package static func half(_ value: Float) -> UInt16 {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        let size = value.magnitude
        // Halfway from the largest finite number, 65504, to what would be the next.
        guard size < 65520 else { return sign | 0x7c00 }
        // Units of the last place: 2^-24 for subnormal numbers, growing with the exponent after.
        let exponent = max(-14, size == 0 ? -14 : Int(size.exponent))
        let unit = Float(sign: .plus, exponent: exponent - 10, significand: 1)
        let units = (size / unit).rounded(.toNearestOrEven)
        return sign | UInt16((exponent + 14) * 1024 + Int(units))
    }
}
