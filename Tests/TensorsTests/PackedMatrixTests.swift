import CKernels
import Tensors
import Testing

@Suite struct PackedMatrixTests {
    /// About the panels of 48 columns, the blocks of 640 and the tiles of 8 and 4 rows.
    static let sizes: [(m: Int, k: Int, n: Int)] = [
        (1, 1, 1), (3, 5, 47), (8, 16, 48), (9, 33, 49), (12, 641, 100), (33, 1300, 50),
    ]

    @Test(arguments: sizes, [Orientation.asIs, .transposed])
    func productsMatchTheReference(size: (m: Int, k: Int, n: Int), orientation: Orientation) {
        let (m, k, n) = size
        var generator = SeededGenerator(seed: UInt64(m + k + n))
        let (a, b) = (generator.normals(m * k), generator.normals(k * n))
        let before = generator.normals(m * n)
        let isTransposed = orientation == .transposed
        let factor = FloatBuffer(
            isTransposed ? ReferenceKernels.transposed(b, rows: k, columns: n) : b)
        let packed = PackedMatrix(roomFor: k, n)
        packed.pack(
            factor.matrix(rows: isTransposed ? n : k, columns: isTransposed ? k : n), orientation)
        let left = FloatBuffer(a)
        let product = ReferenceKernels.product(a, b, m: m, k: k, n: n)
        for accumulating in [false, true] {
            let result = FloatBuffer(before)
            result.matrix(rows: m, columns: n).setProduct(
                left.matrix(rows: m, columns: k), packed, accumulating: accumulating)
            let expected = accumulating ? zip(product, before).map { $0 + $1 } : product
            #expect(largestError(Array(result), expected) < 3e-5)
        }
    }

    @Test func aRowDoesNotDependOnTheOthers() {
        var generator = SeededGenerator(seed: 4)
        let (a, b) = (FloatBuffer(generator.normals(21 * 70)), generator.normals(70 * 90))
        let packed = PackedMatrix(roomFor: 70, 90)
        packed.pack(FloatBuffer(b).matrix(rows: 70, columns: 90))
        let all = FloatBuffer(zeros: 21 * 90)
        all.matrix(rows: 21, columns: 90).setProduct(a.matrix(rows: 21, columns: 70), packed)
        for row in 0..<21 {
            let one = FloatBuffer(zeros: 90)
            one.matrix(rows: 1, columns: 90).setProduct(
                a.matrix(offset: row * 70, rows: 1, columns: 70), packed)
            #expect(Array(one) == Array(all.elements[row * 90..<(row + 1) * 90]))
        }
    }

    @Test func aMachineWithoutAVX2GetsTheSameNumbers() {
        let (m, k, n) = (13, 700, 101)
        var generator = SeededGenerator(seed: 6)
        let (a, b) = (generator.normals(m * k), generator.normals(k * n))
        var packed = [Float](repeating: 0, count: clara_packed_size(k, n))
        clara_pack(&packed, b, k, n, 0)
        var (fast, portable) = (
            [Float](repeating: 0, count: m * n), [Float](repeating: 0, count: m * n)
        )
        clara_packed_product(&fast, a, packed, m, k, n, 0)
        clara_portable_packed_product(&portable, a, packed, m, k, n, 0)
        #expect(largestError(portable, fast) < 2e-5)
    }
}
