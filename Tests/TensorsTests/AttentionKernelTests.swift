import CKernels
import Foundation
import Tensors
import Testing

@Suite struct AttentionKernelTests {
    /// About the panels of 32 keys, the blocks of 64 places and the vector widths.
    static let shapes: [AttentionExample.Shape] = [
        .init(count: 1, before: 0, head: 2, window: 1),
        .init(count: 5, before: 64, head: 6, window: 4),
        .init(count: 33, before: 0, head: 32, window: 40),
        .init(count: 64, before: 64, head: 16, window: 50),
        .init(count: 70, before: 128, head: 34, window: 129),
        .init(count: 131, before: 64, head: 64, window: 9),
    ]

    @Test(arguments: shapes) func forwardMatchesTheReference(shape: AttentionExample.Shape) {
        let example = AttentionExample(shape)
        let found = example.forward(clara_attention_forward)
        #expect(largestError(found.output, example.expected.output) < 1e-5)
        #expect(largestError(found.normalisers, example.expected.normalisers) < 1e-5)
    }

    @Test(arguments: shapes) func backwardMatchesTheReference(shape: AttentionExample.Shape) {
        let example = AttentionExample(shape)
        let found = example.backward(clara_attention_backward)
        #expect(largestError(found.queries, example.expected.dQueries) < 3e-5)
        #expect(largestError(found.keys, example.expected.dKeys) < 3e-5)
        #expect(largestError(found.values, example.expected.dValues) < 3e-5)
    }

    @Test func aMachineWithoutAVX2GetsTheSameNumbers() {
        let example = AttentionExample(Self.shapes[4])
        let (new, old) = (
            example.forward(clara_attention_forward),
            example.forward(clara_portable_attention_forward)
        )
        #expect(largestError(old.output, new.output) < 2e-6)
        let (backward, oldBackward) = (
            example.backward(clara_attention_backward),
            example.backward(clara_portable_attention_backward)
        )
        #expect(largestError(oldBackward.queries, backward.queries) < 1e-5)
        #expect(largestError(oldBackward.keys, backward.keys) < 1e-5)
        #expect(largestError(oldBackward.values, backward.values) < 1e-5)
    }

    // MARK: - Packing

    /// Three vectors of a head of 6, 10 floats apart, at places 31, 32 and 33.
    @Test(arguments: [false, true])
    func packingTurnsPairsAndFillsRowsAndPanels(isPortable: Bool) {
        let pack = isPortable ? clara_portable_attention_pack : clara_attention_pack
        var generator = SeededGenerator(seed: 1)
        let (x, angles) = (generator.normals(30), generator.normals(9))
        let (cosines, sines) = (angles.map { cos($0) }, angles.map { sin($0) })
        var rows = [Float](repeating: .nan, count: 34 * 32)
        var panels = [Float](repeating: .nan, count: 2 * 32 * 6)
        pack(&rows, &panels, x, 10, 31, 3, 6, cosines, sines, 0.5)
        let padding = [Float](repeating: 0, count: 26)
        for place in 31..<34 {
            for k in 0..<6 {
                let (n, pair) = (place - 31, k % 3)
                let (a, b) = (Double(x[10 * n + pair]), Double(x[10 * n + 3 + pair]))
                let angle = Double(angles[3 * n + pair])
                let first = a * cos(angle) - b * sin(angle)
                let second = b * cos(angle) + a * sin(angle)
                let found = rows[place * 32 + k]
                #expect(abs(Double(found) - 0.5 * (k < 3 ? first : second)) < 1e-6)
                #expect(panels[place / 32 * 192 + k * 32 + place % 32] == found)
            }
            #expect(Array(rows[place * 32 + 6..<(place + 1) * 32]) == padding)
        }
        let written = (rows: rows.count { !$0.isNaN }, panels: panels.count { !$0.isNaN })
        #expect(written == (3 * 32, 18))
    }

    @Test(arguments: [false, true])
    func unpackingTurnsBackAndLeavesTheRest(isPortable: Bool) {
        let unpack = isPortable ? clara_portable_attention_unpack : clara_attention_unpack
        var generator = SeededGenerator(seed: 2)
        let (x, angles) = (generator.normals(30), generator.normals(9))
        let (cosines, sines) = (angles.map { cos($0) }, angles.map { sin($0) })
        var rows = [Float](repeating: 0, count: 3 * 32)
        clara_attention_pack(&rows, nil, x, 10, 0, 3, 6, cosines, sines, 1)
        var found = [Float](repeating: 7, count: 30)
        unpack(&found, 10, rows, 3, 6, cosines, sines, 2)
        for (index, value) in found.enumerated() {
            let expected = index % 10 < 6 ? 2 * x[index] : 7
            #expect(abs(value - expected) < 1e-6)
        }
        unpack(&found, 10, rows, 3, 6, nil, nil, 1)
        for (index, value) in found.enumerated() {
            let (n, k) = (index / 10, index % 10)
            #expect(value == (k < 6 ? rows[32 * n + k] : 7))
        }
    }
}
