import CKernels
import Tensors

extension Workloads {
    /// The loops in C, in the sizes of a layer of 600 units and a batch of 32.
    static var kernels: [Workload] { cell + elementwise + halves }

    /// A buffer of numbers in −1 ..< 1.
    static func numbers(_ count: Int, seed: UInt64 = 1) -> FloatBuffer {
        let buffer = FloatBuffer(zeros: count)
        buffer.fillRandomly(seed: seed)
        return buffer
    }

    private static var cell: [Workload] {
        let (rows, width, classes) = (32, 600, 220)
        let gates = numbers(rows * 4 * width)
        let states = (0..<5).map { numbers(rows * width, seed: $0) }
        let logits = numbers(rows * classes)
        let losses = FloatBuffer(zeros: rows)
        let targets = [Int32](repeating: 3, count: rows)
        func matrix(_ buffer: FloatBuffer) -> Matrix {
            buffer.matrix(rows: rows, columns: buffer.count / rows)
        }
        return [
            Workload("LSTM cell, forward", elements: rows * width) {
                Kernels.lstmCellForward(
                    gates: matrix(gates), before: matrix(states[0]), after: matrix(states[1]),
                    h: matrix(states[2]))
            },
            Workload("LSTM cell, backward", elements: rows * width) {
                Kernels.lstmCellBackward(
                    gates: matrix(gates), before: matrix(states[0]), after: matrix(states[1]),
                    dh: matrix(states[3]), dc: matrix(states[4]))
            },
            Workload("softmax and cross-entropy", elements: logits.count) {
                targets.withUnsafeBufferPointer { targets in
                    guard let targets = targets.baseAddress else { return }
                    Kernels.softmaxCrossEntropy(
                        logits: matrix(logits), targets: targets, losses: losses, scale: 1)
                }
            },
        ]
    }

    private static var elementwise: [Workload] {
        let (rows, columns) = (32, 2400)
        let count = rows * columns
        let buffers = (0..<4).map { numbers(count, seed: $0) }
        let row = numbers(columns)
        let (x, y) = (buffers[0], buffers[1])
        let moments = (FloatBuffer(zeros: count), FloatBuffer(zeros: count))
        return [
            Workload("add", elements: count) { clara_add_scaled(y.base, x.base, 1, count) },
            Workload("multiply", elements: count) { clara_multiply(y.base, x.base, count) },
            Workload("scale", elements: count) { clara_scale(y.base, 1, count) },
            Workload("add a bias", elements: count) {
                clara_add_bias(y.base, row.base, rows, columns)
            },
            Workload("add the sums of rows", elements: count) {
                clara_add_row_sums(row.base, x.base, rows, columns)
            },
            Workload("sum of squares", elements: count) { _ = Kernels.sumOfSquares(x) },
            Workload("dropout", elements: count) {
                clara_dropout(y.base, x.base, count, 1, 0.1)
            },
            Workload("Adam", elements: count) {
                clara_adam_step(
                    buffers[2].base, buffers[3].base, moments.0.base, moments.1.base, count, 1,
                    1e-3, 0.7, 0.99, 1e-8, 0.3, 0.01, 0)
            },
        ]
    }

    private static var halves: [Workload] {
        let (rows, columns) = (2400, 600)
        let x = numbers(16 * columns)
        let y = FloatBuffer(zeros: 16 * rows)
        let bias = numbers(rows)
        let floats = numbers(rows * columns)
        let weights = SpareNumbers<UInt16>(count: rows * columns)
        clara_half_from_float(weights.base, floats.base, floats.count)
        func product(_ streams: Int) -> Workload {
            Workload(
                "16-bit product, \(streams) stream\(streams == 1 ? "" : "s")",
                elements: rows * columns
            ) {
                clara_half_linear(
                    y.base, x.base, weights.base, bias.base, streams, rows, columns, 0)
            }
        }
        return [
            product(1), product(16),
            Workload("add 16-bit numbers", elements: columns) {
                clara_add_half(y.base, weights.base, columns)
            },
            Workload("32-bit to 16-bit numbers", elements: floats.count) {
                clara_half_from_float(weights.base, floats.base, floats.count)
            },
            Workload("16-bit to 32-bit numbers", elements: floats.count) {
                clara_float_from_half(floats.base, weights.base, floats.count)
            },
        ]
    }
}
