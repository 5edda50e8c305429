import CKernels

/// Rows of what a layer gives and the next one takes: as floats, and rounded to 8 bits where the
/// weights are. A view of floats that the state of a batch owns.
struct Activations {
    let floats: UnsafeMutablePointer<Float>  // (rows, stride)
    let values: UnsafeMutablePointer<Int8>  // (rows, stride)
    let scales: UnsafeMutablePointer<Float>  // (rows)
    let sums: UnsafeMutablePointer<Int32>  // (rows)
    let stride: Int

    /// What a row takes of each of the four, in floats.
    static func widths(stride: Int) -> [Int] { [stride, stride / 4, 1, 1] }

    /// How many floats a row takes.
    static func size(stride: Int) -> Int { widths(stride: stride).reduce(0, +) }

    /// - Parameters:
    ///   - base: zeros at first, `rows * size(stride:)` of them.
    ///   - stride: a multiple of 16.
    init(at base: UnsafeMutablePointer<Float>, rows: Int, stride: Int) {
        floats = base
        let rounded = UnsafeMutableRawPointer(base + rows * stride)
        values = rounded.assumingMemoryBound(to: Int8.self)
        scales = base + rows * (stride + stride / 4)
        sums = UnsafeMutableRawPointer(scales + rows).assumingMemoryBound(to: Int32.self)
        self.stride = stride
    }

    private init(_ other: Activations, from row: Int) {
        floats = other.floats + row * other.stride
        values = other.values + row * other.stride
        scales = other.scales + row
        sums = other.sums + row
        stride = other.stride
    }

    /// The rows from `row` on.
    func from(_ row: Int) -> Activations { Activations(self, from: row) }

    /// Overwrites the first row with the other's first one.
    func copyRow(of other: Activations) {
        floats.update(from: other.floats, count: stride)
        values.update(from: other.values, count: stride)
        scales.pointee = other.scales.pointee
        sums.pointee = other.sums.pointee
    }

    /// Rounds the first `width` floats of some rows.
    func quantise(rows: Range<Int>, width: Int, path: clara_int8_path) {
        for row in rows {
            clara_int8_quantise(
                values + row * stride, scales + row, sums + row, floats + row * stride, width,
                stride, path)
        }
    }

    var inputs: clara_int8_inputs {
        clara_int8_inputs(values: values, stride: stride, scales: scales, sums: sums)
    }
}
