import CKernels

/// A view of `rows × columns` floats, row after row, in a `FloatBuffer` that must outlive it.
package struct Matrix {
    package let base: UnsafeMutablePointer<Float>
    package let rows: Int
    package let columns: Int

    package init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
        self.base = base
        self.rows = rows
        self.columns = columns
    }

    package var count: Int { rows * columns }

    /// `count` rows from `start` on.
    package func rows(from start: Int, count: Int) -> Matrix {
        precondition(start >= 0 && count >= 0 && start + count <= rows, "rows outside the matrix")
        return Matrix(base: base + start * columns, rows: count, columns: columns)
    }

    package func fill(_ value: Float) { base.update(repeating: value, count: count) }

    package func copy(from other: Matrix) {
        precondition(count == other.count, "copying \(other.count) floats into \(count)")
        base.update(from: other.base, count: count)
    }

    /// self ⊙= other, element by element.
    package func multiply(by other: Matrix) {
        precondition(count == other.count, "multiplying \(count) floats by \(other.count)")
        clara_multiply(base, other.base, count)
    }

    /// self ·= factor
    package func scale(by factor: Float) { clara_scale(base, factor, count) }

    /// self += factor · other
    package func add(_ other: Matrix, times factor: Float = 1) {
        precondition(count == other.count, "adding \(other.count) floats to \(count)")
        clara_add_scaled(base, other.base, factor, count)
    }

    /// Adds `bias` (1 × columns) to every row.
    package func add(bias: Matrix) {
        precondition(bias.count == columns, "a bias of \(bias.count) for \(columns) columns")
        clara_add_bias(base, bias.base, rows, columns)
    }

    /// self (1 × n) += the sum of the rows of `other` (m × n).
    package func addRowSums(of other: Matrix) {
        precondition(count == other.columns, "row sums of \(other.columns) columns into \(count)")
        clara_add_row_sums(base, other.base, other.rows, other.columns)
    }
}
