import CKernels
import Foundation
import Tensors

/// One head of one stream, and what plain loops in double precision make of it.
struct AttentionExample {
    struct Shape: Hashable, Sendable {
        let count: Int
        let before: Int
        let head: Int
        let window: Int
    }

    typealias Mutable = UnsafeMutablePointer<Float>
    typealias Pointer = UnsafePointer<Float>
    typealias Forward = (
        Mutable, Mutable, Pointer, Pointer, Pointer, UnsafePointer<Int32>, Int, Int, Int, Mutable
    ) -> Void
    typealias Backward = (
        Mutable, Mutable, Mutable, Pointer, Pointer, Pointer, Pointer, Pointer, Pointer, Pointer,
        UnsafePointer<Int32>, Int, Int, Int
    ) -> Void

    let shape: Shape
    let firstKeys: [Int32]
    /// (T, d), (before + T, d) twice, and (T, d).
    let queries, keys, values, dOutput: [Float]
    let expected: Reference

    /// A window that slides, and that a piece's beginning cuts off two thirds into it.
    init(_ shape: Shape) {
        var generator = SeededGenerator(seed: UInt64(shape.count * 1000 + shape.head))
        self.shape = shape
        let (count, before, head) = (shape.count, shape.before, shape.head)
        firstKeys = (0..<count).map { step in
            let begin = step >= 2 * count / 3 ? before + 2 * count / 3 : 0
            return Int32(max(begin, before + step - shape.window + 1))
        }
        queries = generator.normals(count * head, deviation: 0.7)
        keys = generator.normals((before + count) * head)
        values = generator.normals((before + count) * head)
        dOutput = generator.normals(count * head)
        expected = Reference(self.shape, firstKeys, queries, keys, values, dOutput)
    }

    private var padded: Int { (shape.head + 31) / 32 * 32 }
    private var rows: Int { (shape.count + 63) / 64 * 64 }

    /// Rows and panels of `count` vectors, with room for whole blocks.
    private func packed(_ x: [Float]) -> (rows: [Float], panels: [Float]) {
        let places = shape.before + rows
        var (rows, panels) = (
            [Float](repeating: 0, count: places * padded),
            [Float](repeating: 0, count: places * padded)
        )
        clara_attention_pack(
            &rows, &panels, x, shape.head, 0, x.count / shape.head, shape.head, nil, nil, 1)
        return (rows, panels)
    }

    private func unpacked(_ rows: [Float]) -> [Float] {
        var x = [Float](repeating: 0, count: shape.count * shape.head)
        clara_attention_unpack(&x, shape.head, rows, shape.count, shape.head, nil, nil, 1)
        return x
    }

    private var blank: [Float] { [Float](repeating: 0, count: rows * padded) }

    private func packedForward(_ kernel: Forward) -> (output: [Float], normalisers: [Float]) {
        var output = blank
        var normalisers = [Float](repeating: 0, count: shape.count)
        var scores = [Float](repeating: 0, count: 32 * (shape.before + rows))
        kernel(
            &output, &normalisers, packed(queries).rows, packed(keys).panels, packed(values).rows,
            firstKeys, shape.count, shape.before, shape.head, &scores)
        return (output, normalisers)
    }

    func forward(_ kernel: Forward) -> (output: [Float], normalisers: [Float]) {
        let found = packedForward(kernel)
        return (unpacked(found.output), found.normalisers)
    }

    func backward(_ kernel: Backward) -> (queries: [Float], keys: [Float], values: [Float]) {
        let (output, normalisers) = packedForward(clara_attention_forward)
        var (dQueries, dKeys, dValues) = (blank, blank, blank)
        let keys = packed(keys)
        kernel(
            &dQueries, &dKeys, &dValues, packed(queries).rows, keys.panels, keys.rows,
            packed(values).panels, output, packed(dOutput).rows, normalisers, firstKeys,
            shape.count, shape.before, shape.head)
        return (unpacked(dQueries), unpacked(dKeys), unpacked(dValues))
    }
}

extension AttentionExample {
    /// softmax(Q·Kᵀ)·V place by place, and the gradients of Σ dOutput·output.
    struct Reference {
        var output: [Double]
        var normalisers: [Double]
        var dQueries: [Double]
        /// Of the window's own places.
        var dKeys: [Double]
        var dValues: [Double]

        init(
            _ shape: Shape, _ firstKeys: [Int32], _ queries: [Float], _ keys: [Float],
            _ values: [Float], _ dOutput: [Float]
        ) {
            let head = shape.head
            func dot(_ a: [Float], _ i: Int, _ b: [Float], _ j: Int) -> Double {
                (0..<head).reduce(0) { $0 + Double(a[i * head + $1]) * Double(b[j * head + $1]) }
            }
            let zeros = [Double](repeating: 0, count: shape.count * head)
            (output, dQueries, dKeys, dValues) = (zeros, zeros, zeros, zeros)
            normalisers = []
            for t in 0..<shape.count {
                let seen = Int(firstKeys[t])...shape.before + t
                let scores = seen.map { dot(queries, t, keys, $0) }
                let top = scores.max() ?? 0
                let normaliser = top + log(scores.reduce(0) { $0 + exp($1 - top) })
                normalisers.append(normaliser)
                let slopes = seen.map { dot(dOutput, t, values, $0) }
                let probabilities = scores.map { exp($0 - normaliser) }
                let mean = zip(slopes, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
                for (index, key) in seen.enumerated() {
                    let slope = probabilities[index] * (slopes[index] - mean)
                    for k in 0..<head {
                        output[t * head + k] +=
                            probabilities[index] * Double(values[key * head + k])
                        dQueries[t * head + k] += slope * Double(keys[key * head + k])
                        guard key >= shape.before else { continue }
                        let own = (key - shape.before) * head + k
                        dKeys[own] += slope * Double(queries[t * head + k])
                        dValues[own] += probabilities[index] * Double(dOutput[t * head + k])
                    }
                }
            }
        }
    }
}
