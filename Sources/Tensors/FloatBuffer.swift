/// A run of floats at a fixed, 64-byte-aligned address: what the kernels and BLAS work on.
///
/// Planned once and reused; the numeric code allocates nothing in a steady step. It is shared by
/// reference and not synchronised: one network, one thread.
package final class FloatBuffer {
    package let count: Int
    package let base: UnsafeMutablePointer<Float>

    /// `count` zeros.
    package init(zeros count: Int) {
        precondition(count >= 0, "a buffer cannot have a negative size")
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
        base = raw.bindMemory(to: Float.self, capacity: max(1, count))
        base.initialize(repeating: 0, count: count)
    }

    package convenience init(_ values: [Float]) {
        self.init(zeros: values.count)
        _ = elements.update(fromContentsOf: values)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// All of it, to index with bounds checks in debug builds.
    package var elements: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    package func fill(_ value: Float) { base.update(repeating: value, count: count) }

    /// The floats from `offset` on as a matrix.
    package func matrix(offset: Int = 0, rows: Int, columns: Int) -> Matrix {
        precondition(
            offset >= 0 && offset + rows * columns <= count, "the matrix reaches past its buffer")
        return Matrix(base: base + offset, rows: rows, columns: columns)
    }
}

extension Array where Element == Float {
    package init(_ buffer: FloatBuffer) { self.init(buffer.elements) }
}
