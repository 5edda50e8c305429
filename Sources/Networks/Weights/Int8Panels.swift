import CKernels

/// A matrix (rows × columns) rounded to 8 bits, with a scale for each row, packed for the products of
/// `clara_int8.h`; there also what a panel is.
///
/// Safe to share: written at `init` only.
final class Int8Panels: Sendable {
    let rows: Int
    /// How many panels of 64 rows there are.
    let count: Int
    private let paddedColumns: Int
    private let panels: AlignedBytes
    private let scales: AlignedBytes

    /// - Parameter gates: 4 where the rows are an LSTM layer's gates, to be packed by units; else 1.
    init(_ matrix: FloatRows, gates: Int = 1) {
        let unitsOfPanel = Int(CLARA_PANEL_ROWS) / gates
        rows = matrix.rows
        count = (matrix.rows / gates + unitsOfPanel - 1) / unitsOfPanel
        paddedColumns = Self.padded(matrix.columns)
        let packedRows = count * Int(CLARA_PANEL_ROWS)
        panels = AlignedBytes(zeros: packedRows * paddedColumns)
        scales = AlignedBytes(zeros: packedRows, of: Float.self)
        let row = AlignedBytes(zeros: paddedColumns, of: Float.self)
        var (halves, floats): (UnsafePointer<UInt16>?, UnsafePointer<Float>?)
        switch matrix.numbers {
        case .halves(let base): halves = base
        case .floats(let base): floats = base
        }
        clara_int8_pack(
            panels.pointer(to: UInt8.self), scales.pointer(to: Float.self), halves, floats,
            matrix.rows, matrix.columns, gates, row.pointer(to: Float.self))
    }

    /// The least multiple of 4 that is not below `columns`.
    static func padded(_ columns: Int) -> Int { (columns + 3) / 4 * 4 }

    var matrix: clara_int8_matrix {
        clara_int8_matrix(
            panels: panels.pointer(to: UInt8.self), scales: scales.pointer(to: Float.self),
            columns: paddedColumns)
    }
}
