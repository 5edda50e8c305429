import CKernels
import Tensors
import Testing

/// Rounded inputs of several streams.
private struct Inputs {
    let stride: Int
    var values: [Int8]
    var scales: [Float]
    var sums: [Int32]

    init(values: [Int8], streams: Int) {
        stride = values.count / streams
        self.values = values
        scales = [Float](repeating: 1, count: streams)
        sums = (0..<streams).map { [stride] stream in
            values[stream * stride..<(stream + 1) * stride].reduce(0) { $0 + Int32($1) }
        }
    }

    init(rounding x: [Float], streams: Int, columns: Int, path: clara_int8_path) {
        self.init(values: [Int8](repeating: 0, count: x.count), streams: streams)
        for stream in 0..<streams {
            (scales[stream], sums[stream]) = quantise(
                Array(x[stream * stride..<stream * stride + columns]), padded: stride, by: path,
                into: &values, at: stream * stride)
        }
    }

    func withPointers<Result>(_ body: (clara_int8_inputs) -> Result) -> Result {
        values.withUnsafeBufferPointer { values in
            scales.withUnsafeBufferPointer { scales in
                sums.withUnsafeBufferPointer { sums in
                    body(
                        clara_int8_inputs(
                            values: values.baseAddress, stride: stride,
                            scales: scales.baseAddress, sums: sums.baseAddress))
                }
            }
        }
    }
}

@discardableResult private func quantise(
    _ x: [Float], padded: Int, by path: clara_int8_path, into values: inout [Int8], at place: Int
) -> (scale: Float, sum: Int32) {
    var (scale, sum) = (Float(0), Int32(0))
    values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        clara_int8_quantise(base + place, &scale, &sum, x, x.count, padded, path)
    }
    return (scale, sum)
}

@Suite struct Int8SumsTests {
    /// Panels of whole numbers: random ones, and the largest of one sign.
    @Test(arguments: [4, 8, 60, 604], [1, 2, 3, 4, 5, 7, 16])
    func everyPathGivesTheExactSums(columns: Int, streams: Int) {
        var generator = SeededGenerator(seed: UInt64(columns))
        let random = (0..<2).map { _ in
            (0..<64 * columns).map { _ in Int.random(in: -127...127, using: &generator) }
        }
        let x = (0..<streams * columns).map { _ in
            Int8(Int.random(in: -127...127, using: &generator))
        }
        for weights in random + [[Int](repeating: -127, count: 64 * columns)] {
            for values in [x, [Int8](repeating: 127, count: x.count)] {
                let expected = Self.exactSums(weights, columns: columns, x: values)
                for path in int8Paths {
                    #expect(
                        Self.sums(weights, columns: columns, x: values, by: path) == expected)
                }
            }
        }
    }

    private static func exactSums(_ weights: [Int], columns: Int, x: [Int8]) -> [Int32] {
        var sums: [Int32] = []
        for start in stride(from: 0, to: x.count, by: columns) {
            for row in 0..<64 {
                var sum = 0
                for k in 0..<columns { sum += weights[row * columns + k] * Int(x[start + k]) }
                sums.append(Int32(sum))
            }
        }
        return sums
    }

    private static func sums(
        _ weights: [Int], columns: Int, x: [Int8], by path: clara_int8_path
    ) -> [Int32] {
        var panel = [UInt8](repeating: 0, count: 64 * columns)
        for row in 0..<64 {
            for k in 0..<columns {
                panel[k / 4 * 256 + row * 4 + k % 4] = UInt8(weights[row * columns + k] + 128)
            }
        }
        let inputs = Inputs(values: x, streams: x.count / columns)
        var sums = [Int32](repeating: -1, count: inputs.scales.count * 64)
        inputs.withPointers {
            clara_int8_sums(&sums, panel, columns, $0, inputs.scales.count, path)
        }
        return sums
    }
}

@Suite struct Int8RoundingTests {
    @Test(arguments: [1, 4, 15, 16, 17, 33, 600])
    func everyPathRoundsToTheNearestWholeNumberOfAScale(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for deviation: Float in [1, 1e-20, 1e20] {
            let x = generator.normals(count, deviation: deviation)
            let largest = x.map(\.magnitude).max() ?? 0
            for path in int8Paths {
                var values = [Int8](repeating: 99, count: count + 13)
                let (scale, sum) = quantise(
                    x, padded: count + 12, by: path, into: &values, at: 0)
                #expect(scale == largest / 127)
                #expect(zip(x, values).allSatisfy { abs($0 - Float($1) * scale) < 0.5001 * scale })
                #expect(values[count..<count + 12].allSatisfy { $0 == 0 })
                #expect(values[count + 12] == 99)
                #expect(sum == values[..<count].reduce(0) { $0 + Int32($1) })
                var portable = [Int8](repeating: 99, count: count + 13)
                quantise(
                    x, padded: count + 12, by: CLARA_INT8_PORTABLE, into: &portable, at: 0)
                #expect(values == portable)
            }
        }
    }

    /// Zeros, and numbers so small that their scale has no reciprocal.
    @Test(arguments: [0, Float.leastNonzeroMagnitude, 0x1p-127])
    func whatIsTooSmallIsZero(size: Float) {
        for path in int8Paths {
            var values = [Int8](repeating: 99, count: 20)
            let (scale, sum) = quantise(
                [Float](repeating: size, count: 20), padded: 20, by: path, into: &values, at: 0)
            #expect(values == [Int8](repeating: 0, count: 20))
            #expect(scale.isFinite && scale <= size && sum == 0)
        }
    }

    @Test(arguments: [Float.nan, -.nan, .infinity, -.infinity], [0, 3, 16, 35])
    func whatIsNoNumberIsSeenInTheScale(bad: Float, place: Int) {
        for path in int8Paths {
            var x = [Float](repeating: 1, count: 36)
            x[place] = bad
            var values = [Int8](repeating: 0, count: 36)
            #expect(quantise(x, padded: 36, by: path, into: &values, at: 0).scale.isNaN)
        }
    }
}
