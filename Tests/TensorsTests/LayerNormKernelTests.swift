import CKernels
import Tensors
import Testing

@Suite struct LayerNormKernelTests {
    static let shapes: [(rows: Int, columns: Int)] = [(1, 2), (3, 7), (4, 16), (5, 33), (2, 256)]
    static let epsilon: Float = 1e-5

    /// Random rows far from zero, weights, and the gradient of the output.
    struct Example {
        let x, weight, bias, dy: [Float]
        let rows, columns: Int

        init(rows: Int, columns: Int) {
            var generator = SeededGenerator(seed: UInt64(100 * rows + columns))
            (self.rows, self.columns) = (rows, columns)
            x = generator.normals(rows * columns, deviation: 2).map { $0 + 3 }
            weight = generator.normals(columns)
            bias = generator.normals(columns)
            dy = generator.normals(rows * columns)
        }

        /// One row, normalised, and 1/√(variance + ε).
        func normalised(_ row: Int) -> (values: [Double], scale: Double) {
            let values = x[row * columns..<(row + 1) * columns].map { Double($0) }
            let mean = values.reduce(0, +) / Double(columns)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
            let scale = 1 / (variance + Double(epsilon)).squareRoot()
            return (values.map { ($0 - mean) * scale }, scale)
        }

        typealias Forward = (
            UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, Int, Int, Float
        ) -> Void

        func forward(_ kernel: Forward) -> (y: [Float], normalised: [Float], scales: [Float]) {
            var y = [Float](repeating: .nan, count: x.count)
            var normalised = y
            var scales = [Float](repeating: .nan, count: rows)
            kernel(&y, &normalised, &scales, x, weight, bias, rows, columns, epsilon)
            return (y, normalised, scales)
        }

        typealias Backward = (
            UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
            Int, Int
        ) -> Void

        /// Added to gradients of 1.
        func backward(_ kernel: Backward) -> (dx: [Float], dWeight: [Float], dBias: [Float]) {
            let (_, normalised, scales) = forward(clara_layer_norm_forward)
            var dx = [Float](repeating: 1, count: x.count)
            var dWeight = [Float](repeating: 1, count: columns)
            var dBias = dWeight
            kernel(&dx, &dWeight, &dBias, dy, normalised, scales, weight, rows, columns)
            return (dx, dWeight, dBias)
        }
    }

    @Test(arguments: shapes) func forwardMatchesTheReference(shape: (rows: Int, columns: Int)) {
        let example = Example(rows: shape.rows, columns: shape.columns)
        let expected = (0..<shape.rows).flatMap { row in
            example.normalised(row).values.enumerated().map { k, n in
                n * Double(example.weight[k]) + Double(example.bias[k])
            }
        }
        for kernel in [clara_layer_norm_forward, clara_portable_layer_norm_forward] {
            #expect(largestError(example.forward(kernel).y, expected) < 3e-5)
        }
        let found = example.forward(clara_layer_norm_forward)
        for kernel in [clara_layer_norm_output, clara_portable_layer_norm_output] {
            var again = [Float](repeating: .nan, count: example.x.count)
            kernel(
                &again, found.normalised, example.weight, example.bias, shape.rows, shape.columns)
            #expect(largestError(again, found.y) < 1e-6)
        }
    }

    @Test(arguments: shapes) func backwardMatchesTheReference(shape: (rows: Int, columns: Int)) {
        let example = Example(rows: shape.rows, columns: shape.columns)
        var dx: [Double] = []
        var dWeight = [Double](repeating: 1, count: shape.columns)
        var dBias = dWeight
        for row in 0..<shape.rows {
            let (n, scale) = example.normalised(row)
            let dy = (0..<shape.columns).map { Double(example.dy[row * shape.columns + $0]) }
            let g = dy.indices.map { dy[$0] * Double(example.weight[$0]) }
            let mean = g.reduce(0, +) / Double(g.count)
            let slope = zip(g, n).reduce(0) { $0 + $1.0 * $1.1 } / Double(g.count)
            for k in g.indices {
                dx.append(1 + scale * (g[k] - mean - slope * n[k]))
                dWeight[k] += dy[k] * n[k]
                dBias[k] += dy[k]
            }
        }
        for kernel in [clara_layer_norm_backward, clara_portable_layer_norm_backward] {
            let found = example.backward(kernel)
            #expect(largestError(found.dx, dx) < 3e-5)
            #expect(largestError(found.dWeight, dWeight) < 3e-5)
            #expect(largestError(found.dBias, dBias) < 3e-6)
        }
    }
}
