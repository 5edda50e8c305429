import CKernels
import Tensors
import Testing

@Suite struct SoftmaxKernelTests {
    typealias Kernel = (
        UnsafePointer<Float>, UnsafePointer<Int32>, UnsafeMutablePointer<Float>,
        UnsafeMutablePointer<Float>, Int, Int, Float
    ) -> Void

    static func run(
        _ kernel: Kernel, _ logits: [Float], targets: [Int32], scale: Float
    ) -> (losses: [Float], gradient: [Float]) {
        var losses = [Float](repeating: .nan, count: targets.count)
        var gradient = [Float](repeating: .nan, count: logits.count)
        kernel(
            logits, targets, &gradient, &losses, targets.count, logits.count / targets.count, scale)
        return (losses, gradient)
    }

    @Test(arguments: [2, 3, 8, 17, 152, 200], [Float(1), 30])
    func lossAndGradientMatchTheReference(classes: Int, deviation: Float) {
        var generator = SeededGenerator(seed: UInt64(classes))
        let logits = generator.normals(5 * classes, deviation: deviation)
        let targets = (0..<5).map { _ in Int32.random(in: 0..<Int32(classes), using: &generator) }
        let found = Self.run(clara_softmax_cross_entropy, logits, targets: targets, scale: 0.25)
        for (row, target) in targets.enumerated() {
            let range = row * classes..<(row + 1) * classes
            let expected = ReferenceKernels.crossEntropy(
                Array(logits[range]), target: Int(target), scale: 0.25)
            #expect(largestError([found.losses[row]], [expected.loss]) < 2e-6)
            #expect(largestError(found.gradient[range], expected.gradient) < 1e-6)
        }
    }

    @Test func aNegativeTargetCostsNothingAndPullsNowhere() {
        var generator = SeededGenerator(seed: 1)
        let logits = generator.normals(3 * 19)
        let found = Self.run(clara_softmax_cross_entropy, logits, targets: [4, -1, 18], scale: 1)
        #expect(found.losses[1] == 0 && found.losses[0] > 0 && found.losses[2] > 0)
        #expect(found.gradient[19..<38].allSatisfy { $0 == 0 })
        #expect(found.gradient[0..<19].allSatisfy { $0 != 0 })
    }

    @Test(arguments: [0, 1, 16])
    func extremeLogitsStayFinite(target: Int32) {
        var logits = [Float](repeating: 0, count: 17)
        (logits[0], logits[1]) = (1e4, -1e4)
        let (losses, gradient) = Self.run(
            clara_softmax_cross_entropy, logits, targets: [target], scale: 1)
        let expected = ReferenceKernels.crossEntropy(logits, target: Int(target), scale: 1)
        #expect(largestError(losses, [expected.loss]) < 1e-6)
        #expect(largestError(gradient, expected.gradient) < 1e-6)
    }

    @Test(arguments: [Float.nan, .infinity])
    func aLogitThatIsNoNumberMakesTheLossNoNumber(logit: Float) {
        for place in [0, 5, 18] {
            var logits = [Float](repeating: 0.5, count: 19)
            logits[place] = logit
            let (losses, _) = Self.run(
                clara_softmax_cross_entropy, logits, targets: [3], scale: 1)
            #expect(!losses[0].isFinite, "at \(place)")
        }
    }

    @Test func theGradientMayOverwriteTheLogits() {
        var generator = SeededGenerator(seed: 2)
        let logits = generator.normals(4 * 23)
        let targets: [Int32] = [22, 0, -1, 7]
        let apart = Self.run(clara_softmax_cross_entropy, logits, targets: targets, scale: 0.5)
        let buffer = FloatBuffer(logits)
        let losses = FloatBuffer(zeros: 4)
        Kernels.softmaxCrossEntropy(
            logits: buffer.matrix(rows: 4, columns: 23), targets: targets, losses: losses,
            scale: 0.5)
        #expect(Array(buffer) == apart.gradient && Array(losses) == apart.losses)
    }

    @Test func aMachineWithoutAVX2GetsTheSameNumbers() {
        var generator = SeededGenerator(seed: 3)
        let logits = generator.normals(6 * 152, deviation: 4)
        let targets: [Int32] = [0, 151, -1, 7, 80, 3]
        let new = Self.run(clara_softmax_cross_entropy, logits, targets: targets, scale: 1)
        let old = Self.run(clara_portable_softmax_cross_entropy, logits, targets: targets, scale: 1)
        #expect(largestError(old.losses, new.losses) < 1e-6)
        #expect(largestError(old.gradient, new.gradient) < 1e-6)
    }
}
