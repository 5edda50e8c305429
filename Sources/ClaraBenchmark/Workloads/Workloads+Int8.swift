import CKernels
import Tensors

extension Workloads {
    /// The products of 8-bit weights, in the size of a layer of 608 units.
    static var int8: [Workload] {
        let (units, columns, streams) = (608, 608, 16)
        let path = clara_int8_best_path()
        let weights = Int8Layer(units: units, columns: columns)
        let inputs = Int8Inputs(streams: streams, columns: columns)
        let states = (0..<2).map { _ in FloatBuffer(zeros: streams * units) }
        let base = numbers(streams * 4 * units)
        let sums = SpareNumbers<Int32>(count: streams * 64)
        func layer(_ streams: Int) -> Workload {
            Workload(
                "8-bit LSTM layer, \(streams) stream\(streams == 1 ? "" : "s")",
                elements: 4 * units * columns
            ) {
                clara_int8_lstm(
                    states[0].base, states[1].base, units, base.base, 4 * units, nil,
                    weights.matrix, inputs.inputs, streams, 0, units / 16, path)
            }
        }
        return [
            layer(1), layer(streams),
            Workload("8-bit product", elements: 4 * units * columns) {
                clara_int8_linear(
                    base.base, 4 * units, weights.matrix, weights.bias.base, inputs.inputs, 1, 0,
                    units / 16, 4 * units, path)
            },
            Workload("8-bit sums of a panel", elements: 64 * columns) {
                clara_int8_sums(
                    sums.base, weights.panels.base, columns, inputs.inputs, streams, path)
            },
            Workload("rounding to 8 bits", elements: columns) { inputs.round(stream: 0, path) },
        ]
    }
}

/// Numbers at a fixed address.
final class SpareNumbers<Number: BinaryInteger> {
    let base: UnsafeMutablePointer<Number>

    init(count: Int) {
        base = .allocate(capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { base.deallocate() }
}

/// Random weights of an LSTM layer, packed.
private final class Int8Layer {
    let panels: SpareNumbers<UInt8>
    let scales: FloatBuffer
    let bias: FloatBuffer
    let matrix: clara_int8_matrix

    init(units: Int, columns: Int) {
        let rows = 4 * units
        panels = SpareNumbers(count: rows * columns)
        scales = FloatBuffer(zeros: rows)
        bias = FloatBuffer(zeros: rows)
        let floats = FloatBuffer(zeros: rows * columns)
        floats.fillRandomly()
        let row = FloatBuffer(zeros: columns)
        clara_int8_pack(
            panels.base, scales.base, nil, floats.base, rows, columns, 4, row.base)
        matrix = clara_int8_matrix(panels: panels.base, scales: scales.base, columns: columns)
    }
}

/// Random inputs, rounded.
private final class Int8Inputs {
    let inputs: clara_int8_inputs
    private let columns: Int
    private let floats: FloatBuffer
    private let values: SpareNumbers<Int8>
    private let scales: FloatBuffer
    private let sums: SpareNumbers<Int32>

    init(streams: Int, columns: Int) {
        self.columns = columns
        floats = FloatBuffer(zeros: columns)
        floats.fillRandomly()
        values = SpareNumbers(count: streams * columns)
        scales = FloatBuffer(zeros: streams)
        sums = SpareNumbers(count: streams)
        inputs = clara_int8_inputs(
            values: values.base, stride: columns, scales: scales.base, sums: sums.base)
        for stream in 0..<streams { round(stream: stream, clara_int8_best_path()) }
    }

    func round(stream: Int, _ path: clara_int8_path) {
        clara_int8_quantise(
            values.base + stream * columns, scales.base + stream, sums.base + stream, floats.base,
            columns, columns, path)
    }
}
