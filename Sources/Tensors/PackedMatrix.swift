import CKernels

/// A matrix laid out so that products with a few rows reach the processor's full rate: for weights
/// that are multiplied with again and again, as a recurrent layer's at every step.
///
/// BLAS lays its second factor out anew for every product, which takes as long as a quarter of the
/// product where the first factor has 32 rows.
package final class PackedMatrix {
    /// k
    package private(set) var rows = 0
    /// n
    package private(set) var columns = 0
    private let buffer: FloatBuffer

    /// Room for a matrix of the given size, as it lies or transposed.
    package init(roomFor rows: Int, _ columns: Int) {
        buffer = FloatBuffer(
            zeros: max(clara_packed_size(rows, columns), clara_packed_size(columns, rows)))
    }

    /// Takes in the numbers of `matrix`, (k, n) as it lies or transposed.
    package func pack(_ matrix: Matrix, _ orientation: Orientation = .asIs) {
        (rows, columns) =
            orientation == .asIs ? (matrix.rows, matrix.columns) : (matrix.columns, matrix.rows)
        precondition(clara_packed_size(rows, columns) <= buffer.count, "too large a matrix")
        clara_pack(buffer.base, matrix.base, rows, columns, orientation == .transposed ? 1 : 0)
    }

    fileprivate var base: UnsafeMutablePointer<Float> { buffer.base }
}

extension Matrix {
    /// self (m × n) = a (m × k) · b (k × n), or self += a·b where `accumulating`, on the calling
    /// thread. Each row depends on the same row of `a` only, bit for bit.
    package func setProduct(_ a: Matrix, _ b: PackedMatrix, accumulating: Bool = false) {
        precondition(
            a.columns == b.rows && rows == a.rows && columns == b.columns,
            "(\(a.rows) × \(a.columns))·(\(b.rows) × \(b.columns)) does not give "
                + "(\(rows) × \(columns))")
        clara_packed_product(base, a.base, b.base, rows, a.columns, columns, accumulating ? 1 : 0)
    }
}
