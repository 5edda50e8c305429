import CKernels
import Tensors
import Testing

@Suite struct HalfKernelTests {
    private static func widened(
        _ halves: [UInt16],
        by kernel: (UnsafeMutablePointer<Float>, UnsafePointer<UInt16>, Int) -> Void
    ) -> [Float] {
        var values = [Float](repeating: .nan, count: halves.count)
        kernel(&values, halves, halves.count)
        return values
    }

    private static func rounded(
        _ values: [Float],
        by kernel: (UnsafeMutablePointer<UInt16>, UnsafePointer<Float>, Int) -> Void
    ) -> [UInt16] {
        var halves = [UInt16](repeating: 0xbeef, count: values.count)
        kernel(&halves, values, values.count)
        return halves
    }

    static let all = (0...UInt16.max).map { $0 }

    @Test func everyHalfWidensToItsValue() {
        for kernel in [clara_float_from_half, clara_portable_float_from_half] {
            let values = Self.widened(Self.all, by: kernel)
            let wrong = Self.all.indices.filter { index in
                let expected = ReferenceKernels.value(ofHalf: Self.all[index])
                return expected.isNaN
                    ? !values[index].isNaN
                    : values[index].bitPattern != expected.bitPattern
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test func everyHalfSurvivesWideningAndRounding() {
        let numbers = Self.all.filter { !ReferenceKernels.value(ofHalf: $0).isNaN }
        #expect(numbers.count == 65_536 - 2 * 1023)
        for kernel in [clara_half_from_float, clara_portable_half_from_float] {
            #expect(
                Self.rounded(Self.widened(numbers, by: clara_float_from_half), by: kernel)
                    == numbers)
        }
    }

    /// The edges: halfway cases to the even neighbour, the least subnormal number and half of it,
    /// the least normal one, the largest, the first that becomes infinite.
    static let edges: [Float] = [
        0, -0, 1, 1 + 0x1p-11, 1 + 0x1p-11 + 0x1p-20, 1 + 3 * 0x1p-11, 0x1p-24, 0x1p-25,
        0x1.000002p-25, 0x1p-26, 3 * 0x1p-25, 0x1p-14, 0x1.ff8p-15, 0x1.ffcp-15, 65504, 65519.996,
        65520, -65520, 1e6, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity,
    ]

    @Test func roundingIsToTheNearestAndOfTwoToTheEven() {
        var generator = SeededGenerator(seed: 4)
        let values =
            Self.edges + Self.edges.map { -$0 }
            + (0..<20_000).map { index in
                generator.normal() * Float(sign: .plus, exponent: index % 44 - 27, significand: 1)
            }
        let expected = values.map { ReferenceKernels.half($0) }
        #expect(Self.rounded(values, by: clara_half_from_float) == expected)
        #expect(Self.rounded(values, by: clara_portable_half_from_float) == expected)
    }

    @Test(arguments: [0, 1, 7, 16, 33]) func halvesAreAdded(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let (x, y) = (
            generator.normals(count).map { ReferenceKernels.half($0) }, generator.normals(count)
        )
        for kernel in [clara_add_half, clara_portable_add_half] {
            var sum = y
            kernel(&sum, x, count)
            #expect(sum == zip(x, y).map { ReferenceKernels.value(ofHalf: $0) + $1 })
        }
    }

    @Test func whatIsNoNumberStaysSo() {
        for kernel in [clara_half_from_float, clara_portable_half_from_float] {
            let halves = Self.rounded([.nan, -.nan], by: kernel)
            #expect(halves.allSatisfy { ReferenceKernels.value(ofHalf: $0).isNaN })
        }
    }
}

@Suite struct HalfLinearKernelTests {
    /// A layer with random weights rounded to halves, and inputs of several streams.
    private struct Layer {
        typealias Kernel = (
            UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<UInt16>,
            UnsafePointer<Float>?, Int, Int, Int, Int32
        ) -> Void

        let rows: Int
        let columns: Int
        let weights: [UInt16]
        let bias: [Float]
        let x: [Float]
        let y: [Float]

        init(streams: Int, rows: Int, columns: Int) {
            var generator = SeededGenerator(seed: UInt64(rows * 1000 + columns))
            (self.rows, self.columns) = (rows, columns)
            weights = generator.normals(rows * columns).map { ReferenceKernels.half($0) }
            bias = generator.normals(rows)
            x = generator.normals(streams * columns)
            y = generator.normals(streams * rows)
        }

        func run(
            _ kernel: Kernel = clara_half_linear, first: Int = 0, streams: Int, bias: Bool = true,
            accumulating: Bool = false
        ) -> [Float] {
            var out = Array(y[first * rows..<(first + streams) * rows])
            let input = Array(x[first * columns..<(first + streams) * columns])
            if bias {
                kernel(
                    &out, input, weights, self.bias, streams, rows, columns, accumulating ? 1 : 0)
            } else {
                kernel(&out, input, weights, nil, streams, rows, columns, accumulating ? 1 : 0)
            }
            return out
        }

        func expected(streams: Int, bias: Bool, accumulating: Bool) -> [Float] {
            let wide = ReferenceKernels.transposed(
                weights.map { ReferenceKernels.value(ofHalf: $0) }, rows: rows, columns: columns)
            let product = ReferenceKernels.product(x, wide, m: streams, k: columns, n: rows)
            return product.indices.map {
                product[$0] + (bias ? self.bias[$0 % rows] : 0) + (accumulating ? y[$0] : 0)
            }
        }
    }

    static let rows = [1, 3, 7, 152]
    static let columns = [1, 3, 16, 17, 47, 256]

    @Test(arguments: rows, columns)
    func matchesTheReference(rows: Int, columns: Int) {
        for streams in [1, 2, 3, 4, 5, 7, 8] {
            let layer = Layer(streams: streams, rows: rows, columns: columns)
            for (bias, accumulating) in [
                (true, false), (false, true), (false, false), (true, true),
            ] {
                let found = layer.run(streams: streams, bias: bias, accumulating: accumulating)
                let expected = layer.expected(
                    streams: streams, bias: bias, accumulating: accumulating)
                #expect(
                    largestError(found, expected) < 1e-6 * Double(columns).squareRoot() + 1e-6,
                    "\(streams) streams, bias \(bias), accumulating \(accumulating)")
            }
        }
    }

    /// Bit for bit, so that a take is the same however many takes are made.
    @Test(arguments: rows, columns)
    func aStreamsNumbersDoNotDependOnItsCompany(rows: Int, columns: Int) {
        let layer = Layer(streams: 8, rows: rows, columns: columns)
        let alone = (0..<8).flatMap { layer.run(first: $0, streams: 1, accumulating: true) }
        for streams in 2...8 {
            #expect(
                layer.run(streams: streams, accumulating: true) == Array(alone[..<(streams * rows)])
            )
        }
    }

    @Test func aMachineWithoutAVX2GetsTheSameNumbers() {
        for streams in [1, 2, 4, 7] {
            let layer = Layer(streams: streams, rows: 33, columns: 75)
            let (new, old) = (
                layer.run(streams: streams), layer.run(clara_portable_half_linear, streams: streams)
            )
            #expect(largestError(old, new) < 1e-5)
        }
    }
}
