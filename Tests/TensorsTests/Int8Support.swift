import CKernels
import Tensors

/// The paths that this machine has; the portable one always.
let int8Paths = [CLARA_INT8_PORTABLE, CLARA_INT8_AVX2, CLARA_INT8_VNNI].filter {
    $0.rawValue <= clara_int8_best_path().rawValue
}

/// A random matrix, packed, beside what its rounded numbers are worth.
struct Packed {
    let rows: Int
    let columns: Int
    let panels: [UInt8]
    let scales: [Float]
    /// (rows × columns)
    let rounded: [Float]

    init(_ weights: [Float], rows: Int, columns: Int, gates: Int = 1, asHalves: Bool = false) {
        (self.rows, self.columns) = (rows, columns)
        let padded = (columns + 3) / 4 * 4
        let units = 64 / gates
        let count = (rows / gates + units - 1) / units
        var panels = [UInt8](repeating: 7, count: count * 64 * padded)
        var scales = [Float](repeating: .nan, count: count * 64)
        var row = [Float](repeating: 0, count: padded)
        if asHalves {
            let halves = weights.map { ReferenceKernels.half($0) }
            clara_int8_pack(&panels, &scales, halves, nil, rows, columns, gates, &row)
        } else {
            clara_int8_pack(&panels, &scales, nil, weights, rows, columns, gates, &row)
        }
        (self.panels, self.scales) = (panels, scales)
        rounded = (0..<rows * columns).map { index in
            let (row, k) = (index / columns, index % columns)
            let (gate, unit) = (row / (rows / gates), row % (rows / gates))
            let place = unit / units * 64 + gate * units + unit % units
            let byte = panels[place / 64 * 64 * padded + k / 4 * 256 + place % 64 * 4 + k % 4]
            return (Float(byte) - 128) * scales[place]
        }
    }

    func withMatrix<Result>(_ body: (clara_int8_matrix) -> Result) -> Result {
        panels.withUnsafeBufferPointer { panels in
            scales.withUnsafeBufferPointer { scales in
                body(
                    clara_int8_matrix(
                        panels: panels.baseAddress, scales: scales.baseAddress,
                        columns: (columns + 3) / 4 * 4))
            }
        }
    }
}

/// Rows of floats, rounded, beside what the rounded numbers are worth.
struct Rounded {
    let stride: Int
    private var values: [Int8]
    private var scales: [Float] = []
    private var sums: [Int32] = []
    /// (streams × columns)
    private(set) var floats: [Float] = []

    init(_ x: [Float], columns: Int) {
        stride = (columns + 3) / 4 * 4 + 8
        values = []
        for start in Swift.stride(from: 0, to: x.count, by: columns) {
            var row = [Int8](repeating: 0, count: stride)
            var (scale, sum) = (Float(0), Int32(0))
            clara_int8_quantise(
                &row, &scale, &sum, Array(x[start..<start + columns]), columns, stride,
                CLARA_INT8_PORTABLE)
            values += row
            scales.append(scale)
            sums.append(sum)
            floats += row[..<columns].map { Float($0) * scale }
        }
    }

    func withInputs<Result>(from stream: Int = 0, _ body: (clara_int8_inputs) -> Result) -> Result {
        values[(stream * stride)...].withUnsafeBufferPointer { values in
            scales[stream...].withUnsafeBufferPointer { scales in
                sums[stream...].withUnsafeBufferPointer { sums in
                    body(
                        clara_int8_inputs(
                            values: values.baseAddress, stride: stride,
                            scales: scales.baseAddress, sums: sums.baseAddress))
                }
            }
        }
    }
}
