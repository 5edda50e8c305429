import CKernels
import Tensors
import Testing

@Suite struct Int8LSTMTests {
    /// A layer of 20 units in panels of 16.
    private struct Layer {
        let units = 20
        let stride = 32
        let streams = 5
        let packed: Packed
        let before: Rounded
        /// (streams, 4, units) and in the panels' order.
        let base: [Float]
        let packedBase: [Float]
        let c: [Float]

        init(base scale: Float, cells: Float) {
            var generator = SeededGenerator(seed: 5)
            let (units, stride, streams) = (units, stride, streams)
            packed = Packed(
                generator.normals(4 * units * units, deviation: 0.2), rows: 4 * units,
                columns: units, gates: 4)
            before = Rounded(generator.normals(streams * units), columns: units)
            let base = generator.normals(streams * 4 * units, deviation: scale)
            self.base = base
            packedBase = (0..<streams * 4 * stride).map { index in
                let (stream, place) = (index / (4 * stride), index % (4 * stride))
                let (gate, unit) = (place / 16 % 4, place / 64 * 16 + place % 16)
                return unit < units ? base[(stream * 4 + gate) * units + unit] : 0
            }
            let values = generator.normals(streams * units, deviation: cells)
            c = (0..<streams * stride).map {
                $0 % stride < units ? values[$0 / stride * units + $0 % stride] : 0
            }
        }

        func run(
            by path: clara_int8_path, index: [Int32]? = nil, base: [Float]? = nil
        ) -> (h: [Float], c: [Float]) {
            var c = c
            var h = [Float](repeating: 77, count: c.count)
            packed.withMatrix { matrix in
                before.withInputs { before in
                    for (first, end) in [(1, 2), (0, 1)] {
                        clara_int8_lstm(
                            &h, &c, stride, base ?? packedBase, 4 * stride, index, matrix, before,
                            streams, first, end, path)
                    }
                }
            }
            return (h, c)
        }

        /// Of one stream, (4, units) activations first.
        func expected(_ stream: Int) -> (c: [Double], h: [Double]) {
            let wide = ReferenceKernels.transposed(
                packed.rounded, rows: 4 * units, columns: units)
            let product = ReferenceKernels.product(
                Array(before.floats[stream * units..<(stream + 1) * units]), wide, m: 1, k: units,
                n: 4 * units)
            let (_, c, h) = ReferenceKernels.lstmCell(
                gates: product.indices.map { product[$0] + base[stream * 4 * units + $0] },
                c: Array(self.c[stream * stride..<stream * stride + units]))
            return (c, h)
        }
    }

    /// Also with gates that are all but open or shut, and cells as they become in a long piece.
    @Test(arguments: [(Float(1), Float(1)), (40, 1), (1e4, 1), (1, 7e4)])
    func everyPathMatchesTheReference(base: Float, cells: Float) {
        let layer = Layer(base: base, cells: cells)
        for path in int8Paths {
            let (h, c) = layer.run(by: path)
            for stream in 0..<layer.streams {
                let own = stream * layer.stride..<stream * layer.stride + layer.units
                let expected = layer.expected(stream)
                #expect(largestError(c[own], expected.c) < 1e-5)
                #expect(largestError(h[own], expected.h) < 1e-5)
            }
            // The units that fill up the last panel stay 0.
            #expect(h.indices.allSatisfy { $0 % layer.stride < layer.units || h[$0] == 0 })
            #expect(c.indices.allSatisfy { $0 % layer.stride < layer.units || c[$0] == 0 })
        }
    }

    @Test func rowsOfATableCanBeTheBase() {
        let layer = Layer(base: 1, cells: 1)
        let index: [Int32] = [3, 0, 4, 4, 1]
        let size = 4 * layer.stride
        let chosen = index.flatMap { layer.packedBase[Int($0) * size..<(Int($0) + 1) * size] }
        for path in int8Paths {
            let (found, expected) = (
                layer.run(by: path, index: index), layer.run(by: path, base: chosen)
            )
            #expect(found.h == expected.h && found.c == expected.c)
        }
    }

    @Test func noNumberStaysNone() {
        let layer = Layer(base: 1, cells: 1)
        for gate in 0..<4 {
            var base = layer.packedBase
            base[gate * 16 + 3] = .nan
            for path in int8Paths {
                #expect(layer.run(by: path, base: base).h[3].isNaN)
            }
        }
    }
}
