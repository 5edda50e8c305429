import Foundation
import Tensors
import Testing

@Suite struct ExponentialsTests {
    @Test(arguments: [0, 1, 7, 16, 220])
    func areTheNearestFloatsButForOneInThousands(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for deviation: Float in [1e-3, 1, 40] {
            let x = generator.normals(count, deviation: deviation).map { -$0.magnitude }
            var found = x
            found.withUnsafeMutableBufferPointer { Kernels.exponentials($0) }
            let exact = x.map { exp(Double($0)) }
            #expect(
                zip(found, exact).allSatisfy {
                    abs(Double($0) - $1) <= 0.5001 * Double(max(Float($1).ulp, 0x1p-149))
                })
        }
    }

    @Test func theEndsAreExact() {
        var values: [Float] = [0, -0, -.infinity, -104.5, -1e30]
        values.withUnsafeMutableBufferPointer { Kernels.exponentials($0) }
        #expect(values == [1, 1, 0, 0, 0])
    }
}
