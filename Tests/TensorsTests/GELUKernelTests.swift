import CKernels
import Foundation
import Tensors
import Testing

@Suite struct GELUKernelTests {
    static let x: [Float] = [0, -0.5, 1, -3, 4, 20, -20, 1e4, -1e4, 0.001] + normal

    static let normal: [Float] = {
        var generator = SeededGenerator(seed: 1)
        return generator.normals(93, deviation: 2)
    }()

    /// ½x·(1 + tanh √(2/π)(x + 0.044715x³)), and its derivative.
    static func reference(_ x: Double) -> (value: Double, slope: Double) {
        let root = (2 / Double.pi).squareRoot()
        let t = tanh(root * (x + 0.044715 * x * x * x))
        let inner = root * (1 + 3 * 0.044715 * x * x)
        return (0.5 * x * (1 + t), 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner)
    }

    @Test(arguments: [1, 7, 103])
    func forwardAddsTheBiasAndMatchesTheReference(columns: Int) {
        var generator = SeededGenerator(seed: 2)
        let rows = Self.x.count / columns
        let bias = generator.normals(columns)
        let x = Array(Self.x[..<(rows * columns)])
        let sums = x.indices.map { x[$0] + bias[$0 % columns] }
        for kernel in [clara_gelu_forward, clara_portable_gelu_forward] {
            var (kept, y) = (x, [Float](repeating: .nan, count: x.count))
            kernel(&y, &kept, bias, rows, columns)
            #expect(kept == sums)
            #expect(largestError(y, sums.map { Self.reference(Double($0)).value }) < 2e-6)
        }
    }

    @Test func backwardGivesTheValueAgainAndTheSlope() {
        var generator = SeededGenerator(seed: 3)
        let dy = generator.normals(Self.x.count)
        let references = Self.x.map { Self.reference(Double($0)) }
        let slopes = references.indices.map { Double(dy[$0]) * references[$0].slope }
        for kernel in [clara_gelu_backward, clara_portable_gelu_backward] {
            var (x, y) = (Self.x, [Float](repeating: .nan, count: Self.x.count))
            kernel(&y, &x, dy, x.count)
            #expect(largestError(y, references.map(\.value)) < 2e-6)
            #expect(largestError(x, slopes) < 3e-6)
        }
    }
}
