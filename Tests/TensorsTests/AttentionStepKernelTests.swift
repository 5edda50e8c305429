import CKernels
import Foundation
import Tensors
import Testing

/// Attention place by place over kept keys and values.
@Suite struct AttentionStepKernelTests {
    typealias Kernel = (
        UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
        UnsafePointer<Float>, clara_seen_places, Int, Int, UnsafeMutablePointer<Float>
    ) -> Void

    static let head = 20
    static let window = 70
    static let count = 100

    /// Queries, keys and values of all places, (100, 20) each.
    private static let inputs: [[Float]] = {
        var generator = SeededGenerator(seed: 3)
        return (0..<3).map { _ in generator.normals(count * head) }
    }()

    /// What each place gets, (100, 20), angles all zero so that nothing is turned.
    private static func attend(_ kernel: Kernel) -> [Float] {
        let blocks = [0, 1].map { _ in
            let bytes = clara_kept_size(head) * MemoryLayout<Float>.stride
            let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            block.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
            return block
        }
        defer { for block in blocks { block.deallocate() } }
        let cosines = [Float](repeating: 1, count: head / 2)
        let sines = [Float](repeating: 0, count: head / 2)
        var scores = [Float](repeating: 0, count: clara_kept_scores(2))
        var found = [Float](repeating: .nan, count: count * head)
        var list: [UnsafeMutableRawPointer?] = blocks
        list.withUnsafeMutableBufferPointer { list in
            cosines.withUnsafeBufferPointer { cosines in
                sines.withUnsafeBufferPointer { sines in
                    for place in 0..<count {
                        let seen = clara_seen_places(
                            blocks: list.baseAddress, first: max(0, place - window + 1),
                            last: place, cosines: cosines.baseAddress, sines: sines.baseAddress)
                        let own = place * head..<(place + 1) * head
                        var out = [Float](repeating: .nan, count: head)
                        kernel(
                            &out, Array(inputs[0][own]), Array(inputs[1][own]),
                            Array(inputs[2][own]), seen, 0, head, &scores)
                        found.replaceSubrange(own, with: out)
                    }
                }
            }
        }
        return found
    }

    /// softmax(q·kᵀ/√d)·v over the places seen, in double precision.
    private static func expected() -> [Double] {
        func row(_ part: Int, _ place: Int) -> [Double] {
            inputs[part][place * head..<(place + 1) * head].map { Double($0) }
        }
        return (0..<count).flatMap { place in
            let seen = Array(max(0, place - window + 1)...place)
            let weights = seen.map { other in
                exp(
                    zip(row(0, place), row(1, other)).reduce(0) { $0 + $1.0 * $1.1 }
                        / Double(head).squareRoot())
            }
            let total = weights.reduce(0, +)
            return (0..<head).map { column in
                zip(seen, weights).reduce(0) { $0 + $1.1 * row(2, $1.0)[column] } / total
            }
        }
    }

    @Test func theFloatKernelsMatchTheReference() {
        let expected = Self.expected()
        #expect(largestError(Self.attend(clara_float_attention_step), expected) < 1e-5)
        #expect(largestError(Self.attend(clara_portable_float_attention_step), expected) < 1e-5)
    }

    @Test func theHalfKernelsMatchTheReferenceUpToTheirRounding() {
        let expected = Self.expected()
        #expect(largestError(Self.attend(clara_half_attention_step), expected) < 5e-3)
        #expect(largestError(Self.attend(clara_portable_half_attention_step), expected) < 5e-3)
    }
}
