#if canImport(Accelerate)
    import Accelerate
#else
    import COpenBLAS
#endif

/// Whether a factor of a product is taken as it lies or transposed.
package enum Orientation: Sendable {
    case asIs
    case transposed

    fileprivate var blas: CBLAS_TRANSPOSE { self == .asIs ? CblasNoTrans : CblasTrans }
}

extension Matrix {
    /// self = a·b, or self += a·b where `accumulating`, on the calling thread; the product is BLAS's
    /// `sgemm`.
    ///
    /// With both factors as they lie: a (m × k), b (k × n), self (m × n).
    package func setProduct(
        _ a: Matrix, _ aOrientation: Orientation = .asIs,
        _ b: Matrix, _ bOrientation: Orientation = .asIs, accumulating: Bool = false
    ) {
        let product = Product(self, a, aOrientation, b, bOrientation, accumulating)
        product.compute(rows: 0..<rows, columns: 0..<columns)
    }

    /// The same with the work shared by a team.
    package func setProduct(
        _ a: Matrix, _ aOrientation: Orientation = .asIs,
        _ b: Matrix, _ bOrientation: Orientation = .asIs, accumulating: Bool = false,
        by team: ThreadTeam
    ) {
        let product = Product(self, a, aOrientation, b, bOrientation, accumulating)
        team.run(with: (product, team.threads)) { context, member in
            let (product, threads) = context
            product.compute(share: member, of: threads)
        }
    }
}

/// A product that can be computed in parts.
///
/// The threads are ours: BLAS's own would spin for a while after each product, in the way of the
/// loops between two products, which share the same cores.
private struct Product {
    private let result: Matrix
    private let a: Matrix
    private let b: Matrix
    private let orientations: (a: Orientation, b: Orientation)
    private let accumulating: Bool
    /// The size that is summed over.
    private let k: Int

    init(
        _ result: Matrix, _ a: Matrix, _ aOrientation: Orientation, _ b: Matrix,
        _ bOrientation: Orientation, _ accumulating: Bool
    ) {
        let (m, k) = aOrientation == .asIs ? (a.rows, a.columns) : (a.columns, a.rows)
        let (kOfB, n) = bOrientation == .asIs ? (b.rows, b.columns) : (b.columns, b.rows)
        precondition(
            k == kOfB && result.rows == m && result.columns == n,
            "(\(m) × \(k))·(\(kOfB) × \(n)) does not give (\(result.rows) × \(result.columns))")
        self.result = result
        self.a = a
        self.b = b
        orientations = (aOrientation, bOrientation)
        self.accumulating = accumulating
        self.k = k
    }

    /// Part `share` of `count` about equal ones, cut across the longer side.
    func compute(share: Int, of count: Int) {
        func part(of size: Int) -> Range<Int> {
            // Whole vector registers for all but the last.
            let step = (size + 16 * count - 1) / (16 * count) * 16
            return min(size, share * step)..<min(size, (share + 1) * step)
        }
        if result.rows >= result.columns {
            compute(rows: part(of: result.rows), columns: 0..<result.columns)
        } else {
            compute(rows: 0..<result.rows, columns: part(of: result.columns))
        }
    }

    func compute(rows: Range<Int>, columns: Range<Int>) {
        guard !rows.isEmpty, !columns.isEmpty else { return }
        _ = blasUsesOneThread
        let aStart = orientations.a == .asIs ? rows.lowerBound * a.columns : rows.lowerBound
        let bStart = orientations.b == .asIs ? columns.lowerBound : columns.lowerBound * b.columns
        cblas_sgemm(
            CblasRowMajor, orientations.a.blas, orientations.b.blas, BLASInt(rows.count),
            BLASInt(columns.count), BLASInt(k), 1, a.base + aStart, BLASInt(a.columns),
            b.base + bStart, BLASInt(b.columns), accumulating ? 1 : 0,
            result.base + rows.lowerBound * result.columns + columns.lowerBound,
            BLASInt(result.columns))
    }
}

#if canImport(Accelerate)
    private typealias BLASInt = __LAPACK_int
    private let blasUsesOneThread: Void = {
        _ = BLASSetThreading(BLAS_THREADING_SINGLE_THREADED)
    }()
#else
    private typealias BLASInt = Int32
    private let blasUsesOneThread: Void = openblas_set_num_threads(1)
#endif
