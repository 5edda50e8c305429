import Tensors
import Testing

@Suite struct MatrixTests {
    static let sizes: [(m: Int, k: Int, n: Int)] = [
        (1, 1, 1), (1, 5, 3), (4, 1, 2), (3, 7, 1), (13, 17, 9), (64, 33, 40),
    ]
    static let orientations: [(Orientation, Orientation)] = [
        (.asIs, .asIs), (.asIs, .transposed), (.transposed, .asIs), (.transposed, .transposed),
    ]

    @Test(arguments: sizes, orientations)
    func productsMatchTheReferenceInAllOrientations(
        size: (m: Int, k: Int, n: Int), orientations: (Orientation, Orientation)
    ) {
        let (m, k, n) = size
        var generator = SeededGenerator(seed: UInt64(m * 100 + k * 10 + n))
        let (a, b) = (generator.normals(m * k), generator.normals(k * n))
        let before = generator.normals(m * n)
        let isATransposed = orientations.0 == .transposed
        let isBTransposed = orientations.1 == .transposed
        let aBuffer = FloatBuffer(
            isATransposed ? ReferenceKernels.transposed(a, rows: m, columns: k) : a)
        let bBuffer = FloatBuffer(
            isBTransposed ? ReferenceKernels.transposed(b, rows: k, columns: n) : b)
        let aMatrix = aBuffer.matrix(rows: isATransposed ? k : m, columns: isATransposed ? m : k)
        let bMatrix = bBuffer.matrix(rows: isBTransposed ? n : k, columns: isBTransposed ? k : n)
        let expected = ReferenceKernels.product(a, b, m: m, k: k, n: n)
        for accumulating in [false, true] {
            let result = FloatBuffer(before)
            result.matrix(rows: m, columns: n).setProduct(
                aMatrix, orientations.0, bMatrix, orientations.1, accumulating: accumulating)
            let sum = accumulating ? zip(expected, before).map { $0 + $1 } : expected
            #expect(largestError(Array(result), sum) < 1e-5)
        }
    }

    @Test func aProductOverwritesWhatIsNoNumber() {
        let (a, b) = (FloatBuffer([1, 2]), FloatBuffer([3, 4]))
        let result = FloatBuffer([.nan])
        result.matrix(rows: 1, columns: 1).setProduct(
            a.matrix(rows: 1, columns: 2), .asIs, b.matrix(rows: 2, columns: 1), .asIs)
        #expect(Array(result) == [11])
    }

    @Test func rowsAreViewsOfTheirMatrix() {
        let buffer = FloatBuffer([0, 1, 2, 3, 4, 5])
        let matrix = buffer.matrix(rows: 3, columns: 2)
        matrix.rows(from: 1, count: 1).copy(from: matrix.rows(from: 2, count: 1))
        #expect(Array(buffer) == [0, 1, 4, 5, 4, 5])
        matrix.rows(from: 1, count: 2).multiply(by: matrix.rows(from: 0, count: 2))
        #expect(Array(buffer) == [0, 1, 0, 5, 0, 25])
        matrix.rows(from: 0, count: 1).fill(7)
        #expect(Array(buffer) == [7, 7, 0, 5, 0, 25])
    }

    @Test func buffersLieOnCacheLinesAndStartAtZero() {
        for count in [0, 1, 17, 1000] {
            let buffer = FloatBuffer(zeros: count)
            #expect(UInt(bitPattern: buffer.base) % 64 == 0)
            #expect(buffer.count == count && Array(buffer).allSatisfy { $0 == 0 })
        }
    }
}
