import CKernels
import Tensors
import Testing

@Suite struct ElementwiseKernelTests {
    static let counts = [0, 1, 3, 16, 37, 4096, 4097, 10_000]

    @Test(arguments: counts) func addingScaled(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let (x, y) = (generator.normals(count), generator.normals(count))
        var sum = y
        clara_add_scaled(&sum, x, -0.75, count)
        #expect(largestError(sum, zip(x, y).map { Double($1) - 0.75 * Double($0) }) < 1e-6)
    }

    @Test(arguments: counts) func multiplying(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let (x, y) = (generator.normals(count), generator.normals(count))
        var product = y
        clara_multiply(&product, x, count)
        #expect(product == zip(x, y).map { $0 * $1 })
    }

    @Test(arguments: counts) func sumOfSquaresIsExactOverManyBlocks(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let x = generator.normals(count)
        let expected = x.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(Kernels.sumOfSquares(FloatBuffer(x)) - expected) <= 1e-6 * expected)
    }

    static let shapes = [(1, 1), (3, 1), (2, 17), (5, 37), (7, 64)]

    @Test(arguments: shapes) func everyRowGetsTheBias(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: 5)
        let (x, bias) = (generator.normals(rows * columns), generator.normals(columns))
        let (y, b) = (FloatBuffer(x), FloatBuffer(bias))
        y.matrix(rows: rows, columns: columns).add(bias: b.matrix(rows: 1, columns: columns))
        #expect(Array(y) == x.indices.map { x[$0] + bias[$0 % columns] })
    }

    @Test(arguments: shapes) func rowSumsAreAddedToWhatIsThere(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: 6)
        let (x, before) = (generator.normals(rows * columns), generator.normals(columns))
        let (y, sums) = (FloatBuffer(x), FloatBuffer(before))
        sums.matrix(rows: 1, columns: columns).addRowSums(
            of: y.matrix(rows: rows, columns: columns))
        let expected = before.indices.map { column in
            (0..<rows).reduce(Double(before[column])) { $0 + Double(x[$1 * columns + column]) }
        }
        #expect(largestError(Array(sums), expected) < 2e-6)
    }

    static let decays: [Float] = [0, 0.1]

    @Test(arguments: decays, [1, 5, 1000]) func adamMatchesTheReference(
        weightDecay: Float, count: Int
    ) {
        var generator = SeededGenerator(seed: UInt64(count))
        var weights = generator.normals(count)
        var (m, v) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        var expected = weights.map { Double($0) }
        var moments = [(m: Double, v: Double)](repeating: (0, 0), count: count)
        for step in 1...6 {
            let gradients = generator.normals(count, deviation: 3)
            clara_adam_step(
                &weights, gradients, &m, &v, count, 0.5, 0.01, 0.9, 0.99, 1e-8,
                1 - Float(pow(0.9, step)), 1 - Float(pow(0.99, step)), weightDecay)
            for index in 0..<count {
                ReferenceKernels.adam(
                    weight: &expected[index], moments: &moments[index],
                    gradient: 0.5 * Double(gradients[index]), step: step, rate: 0.01, beta1: 0.9,
                    beta2: 0.99, epsilon: 1e-8, weightDecay: Double(weightDecay))
            }
        }
        #expect(largestError(weights, expected) < 2e-6)
        #expect(largestError(m, moments.map(\.m)) < 2e-6)
        #expect(largestError(v, moments.map(\.v)) < 2e-6)
    }

    @Test func adamsFirstStepIsTheRateWhateverTheGradient() {
        for gradient: Float in [1e-6, -3, 1e6] {
            var (weight, m, v): ([Float], [Float], [Float]) = ([2], [0], [0])
            clara_adam_step(&weight, [gradient], &m, &v, 1, 1, 0.1, 0.9, 0.99, 1e-12, 0.1, 0.01, 0)
            #expect(abs(weight[0] - (gradient > 0 ? 1.9 : 2.1)) < 1e-5)
        }
    }

    private func pow(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1.0) { product, _ in product * base }
    }
}
