import CKernels
import Tensors
import Testing

@Suite struct DropoutKernelTests {
    private static let ones = [Float](repeating: 1, count: 40_003)

    private static func dropped(
        _ x: [Float] = ones, seed: UInt64, rate: Float,
        by kernel: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int, UInt64, Float) -> Void =
            clara_dropout
    ) -> [Float] {
        var y = [Float](repeating: .nan, count: x.count)
        kernel(&y, x, x.count, seed, rate)
        return y
    }

    @Test(arguments: [Float(0.02), 0.25, 0.5, 0.9])
    func theRatesShareIsZeroAndTheRestScaled(rate: Float) {
        let mask = Self.dropped(seed: 7, rate: rate)
        let share = Float(mask.count { $0 == 0 }) / Float(mask.count)
        // Five standard deviations.
        #expect(abs(share - rate) < 5 * (rate * (1 - rate) / Float(mask.count)).squareRoot())
        #expect(mask.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
        // No runs: neighbours are dropped together as often as chance has it.
        let pairs = zip(mask, mask.dropFirst()).count { $0 == 0 && $1 == 0 }
        let expected = rate * rate * Float(mask.count)
        #expect(abs(Float(pairs) - expected) < 6 * max(1, expected).squareRoot() + 1)
    }

    @Test func theMaskFollowsFromTheSeedOnly() {
        var generator = SeededGenerator(seed: 1)
        let x = generator.normals(1_003)
        let mask = Self.dropped(seed: 3, rate: 0.4)
        let found = Self.dropped(x, seed: 3, rate: 0.4)
        #expect(found == zip(x, mask).map { $0 * $1 })
        #expect(Self.dropped(seed: 3 | 1 << 40, rate: 0.4) != mask)
        #expect(Self.dropped(seed: 4, rate: 0.4) != mask)
    }

    @Test func nothingIsDroppedAtRateZero() {
        #expect(Self.dropped(seed: 5, rate: 0) == Self.ones)
    }

    @Test func aMachineWithoutAVX2GetsTheSameMask() {
        let mask = Self.dropped(seed: 9, rate: 0.3)
        #expect(Self.dropped(seed: 9, rate: 0.3, by: clara_portable_dropout) == mask)
    }
}
