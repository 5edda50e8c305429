import CKernels
import Tensors
import Testing

@Suite struct Int8PackingTests {
    @Test(arguments: [(1, 5), (64, 16), (65, 17), (220, 40)], [false, true])
    func packedRowsAreTheMatrixWithinHalfAScale(shape: (rows: Int, columns: Int), asHalves: Bool) {
        for gates in [1, 4] where shape.rows % gates == 0 {
            var generator = SeededGenerator(seed: UInt64(shape.rows))
            let weights = generator.normals(shape.rows * shape.columns).map {
                ReferenceKernels.value(ofHalf: ReferenceKernels.half($0))
            }
            let packed = Packed(
                weights, rows: shape.rows, columns: shape.columns, gates: gates,
                asHalves: asHalves)
            for row in 0..<shape.rows {
                let places = row * shape.columns..<(row + 1) * shape.columns
                let scale = (weights[places].map(\.magnitude).max() ?? 0) / 127
                #expect(
                    zip(weights[places], packed.rounded[places]).allSatisfy {
                        abs($0 - $1) < 0.501 * scale
                    })
            }
        }
    }
}

@Suite struct Int8LinearTests {
    static let shapes: [(rows: Int, columns: Int)] = [(1, 1), (63, 5), (64, 64), (220, 400)]

    private static func product(
        _ packed: Packed, _ x: Rounded, bias: [Float], from stream: Int = 0, streams: Int,
        path: clara_int8_path
    ) -> [Float] {
        var y = [Float](repeating: 77, count: streams * packed.rows)
        let panels = (packed.rows + 63) / 64
        packed.withMatrix { matrix in
            x.withInputs(from: stream) { inputs in
                // Two threads' parts.
                for (first, end) in [(0, panels / 2), (panels / 2, panels)] {
                    clara_int8_linear(
                        &y, packed.rows, matrix, bias, inputs, streams, first, end, packed.rows,
                        path)
                }
            }
        }
        return y
    }

    @Test(arguments: shapes) func everyPathMatchesTheReference(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: UInt64(rows))
        let packed = Packed(generator.normals(rows * columns), rows: rows, columns: columns)
        let bias = generator.normals(rows)
        let wide = ReferenceKernels.transposed(packed.rounded, rows: rows, columns: columns)
        for streams in [1, 2, 3, 4, 16, 18] {
            let x = Rounded(generator.normals(streams * columns), columns: columns)
            let expected = ReferenceKernels.product(
                x.floats, wide, m: streams, k: columns, n: rows)
            for path in int8Paths {
                let found = Self.product(packed, x, bias: bias, streams: streams, path: path)
                #expect(
                    largestError(found, expected.indices.map { expected[$0] + bias[$0 % rows] })
                        < 1e-5)
            }
        }
    }

    @Test(arguments: shapes) func aStreamsNumbersDoNotDependOnItsCompany(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: UInt64(columns))
        let packed = Packed(generator.normals(rows * columns), rows: rows, columns: columns)
        let bias = generator.normals(rows)
        let x = Rounded(generator.normals(18 * columns), columns: columns)
        for path in int8Paths {
            let alone = (0..<18).flatMap {
                Self.product(packed, x, bias: bias, from: $0, streams: 1, path: path)
            }
            for streams in 2...18 {
                #expect(
                    Self.product(packed, x, bias: bias, streams: streams, path: path)
                        == Array(alone[..<(streams * rows)]))
            }
        }
    }
}
