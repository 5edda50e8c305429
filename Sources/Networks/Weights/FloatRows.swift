import CKernels

/// A matrix (rows × columns) of 16- or 32-bit floats, row after row: in a mapped file, or in memory of
/// its own where the file holds the other kind.
///
/// Safe to share: nobody writes what the pointer leads to, and `owner` keeps it.
struct FloatRows: @unchecked Sendable {
    enum Numbers {
        case halves(UnsafePointer<UInt16>)
        case floats(UnsafePointer<Float>)
    }

    let rows: Int
    let columns: Int
    let numbers: Numbers
    private let owner: any Sendable

    /// The file's tensor of this name, which must have this shape and be F16 or F32.
    ///
    /// - Parameter precision: what the numbers are widened or rounded to; nil leaves them as they are,
    ///   as does `int8`.
    init(
        _ tensor: ParameterSet.Tensor, of file: SafetensorsFile,
        as precision: WeightPrecision? = nil
    ) throws(SafetensorsError) {
        columns = tensor.shape.last ?? 1
        rows = tensor.count / max(1, columns)
        let type = file.entries[tensor.name]?.type
        let isWide = type == SafetensorsFile.ElementType.float32.rawValue
        if let type, !isWide, type != SafetensorsFile.ElementType.float16.rawValue {
            throw .wrongType(
                path: file.path, name: tensor.name, expected: "F16 or F32", found: type)
        }
        let bytes = try file.bytes(
            of: tensor.name, type: isWide ? .float32 : .float16, shape: tensor.shape)
        guard let base = bytes.baseAddress else {
            throw .missingTensor(path: file.path, name: tensor.name)
        }
        let stored: Numbers =
            isWide
            ? .floats(base.assumingMemoryBound(to: Float.self))
            : .halves(base.assumingMemoryBound(to: UInt16.self))
        switch (stored, precision) {
        case (.halves(let halves), .float32):
            let memory = AlignedBytes(zeros: tensor.count, of: Float.self)
            clara_float_from_half(memory.pointer(to: Float.self), halves, tensor.count)
            (numbers, owner) = (.floats(memory.pointer(to: Float.self)), memory)
        case (.floats(let floats), .float16):
            let memory = AlignedBytes(zeros: tensor.count, of: UInt16.self)
            clara_half_from_float(memory.pointer(to: UInt16.self), floats, tensor.count)
            (numbers, owner) = (.halves(memory.pointer(to: UInt16.self)), memory)
        default: (numbers, owner) = (stored, file)
        }
    }

    /// Overwrites `out` (columns) with a row.
    func copy(row: Int, to out: UnsafeMutablePointer<Float>) {
        precondition((0..<rows).contains(row), "no row \(row) of \(rows)")
        switch numbers {
        case .halves(let base): clara_float_from_half(out, base + row * columns, columns)
        case .floats(let base): out.update(from: base + row * columns, count: columns)
        }
    }

    /// Adds a row to `out` (columns).
    func add(row: Int, to out: UnsafeMutablePointer<Float>) {
        precondition((0..<rows).contains(row), "no row \(row) of \(rows)")
        switch numbers {
        case .halves(let base): clara_add_half(out, base + row * columns, columns)
        case .floats(let base): clara_add_scaled(out, base + row * columns, 1, columns)
        }
    }

    /// y (streams, yStride), columns `part` = x (streams, xStride) · selfᵀ + bias, or added to y.
    func multiply(
        _ x: UnsafePointer<Float>, stride xStride: Int, streams: Int, rows part: Range<Int>,
        bias: UnsafePointer<Float>? = nil, into y: UnsafeMutablePointer<Float>,
        stride yStride: Int, accumulating: Bool = false
    ) {
        let (y, bias) = (y + part.lowerBound, bias.map { $0 + part.lowerBound })
        let (first, add) = (part.lowerBound * columns, Int32(accumulating ? 1 : 0))
        switch numbers {
        case .halves(let base):
            clara_half_rows(
                y, yStride, x, xStride, base + first, bias, streams, part.count, columns, add)
        case .floats(let base):
            clara_float_rows(
                y, yStride, x, xStride, base + first, bias, streams, part.count, columns, add)
        }
    }

    /// All of it as floats.
    var floats: [Float] {
        [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<rows { copy(row: row, to: base + row * columns) }
            count = rows * columns
        }
    }
}
