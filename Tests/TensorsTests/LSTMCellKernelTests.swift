import CKernels
import Tensors
import Testing

@Suite struct LSTMCellKernelTests {
    /// Sizes about the vector widths of 4, 8 and 16 floats, with what is left over.
    static let shapes: [(rows: Int, hidden: Int)] = [
        (1, 1), (1, 3), (2, 7), (3, 16), (1, 17), (4, 31), (2, 64), (3, 101),
    ]
    /// Preactivations of ordinary size, and such as saturate every gate.
    static let deviations: [Float] = [1, 40]

    @Test(arguments: shapes, deviations)
    func forwardMatchesTheReference(shape: (rows: Int, hidden: Int), deviation: Float) {
        let cell = Cell(rows: shape.rows, hidden: shape.hidden, deviation: deviation)
        let found = cell.forward(clara_lstm_cell_forward)
        let expected = cell.expectedForward()
        #expect(largestError(found.gates, expected.gates) < 5e-7)
        #expect(largestError(found.c, expected.c) < 2e-6)
        #expect(largestError(found.h, expected.h) < 2e-6)
    }

    @Test(arguments: shapes, deviations)
    func backwardMatchesTheReference(shape: (rows: Int, hidden: Int), deviation: Float) {
        let cell = Cell(rows: shape.rows, hidden: shape.hidden, deviation: deviation)
        let found = cell.backward(clara_lstm_cell_backward)
        let expected = cell.expectedBackward()
        #expect(largestError(found.gates, expected.gates) < 5e-6)
        #expect(largestError(found.dc, expected.dc) < 5e-6)
    }

    @Test func theCellStateMayBeAdvancedInPlace() {
        let cell = Cell(rows: 3, hidden: 21, deviation: 1)
        let apart = cell.forward(clara_lstm_cell_forward)
        var (gates, c, h) = (cell.gates, cell.c, [Float](repeating: 0, count: 63))
        c.withUnsafeMutableBufferPointer {
            clara_lstm_cell_forward(&gates, $0.baseAddress, $0.baseAddress, &h, 3, 21)
        }
        #expect(gates == apart.gates && c == apart.c && h == apart.h)
    }

    @Test func aMachineWithoutAVX2GetsTheSameNumbers() {
        let cell = Cell(rows: 5, hidden: 37, deviation: 2)
        let (forward, old) = (
            cell.forward(clara_lstm_cell_forward), cell.forward(clara_portable_lstm_cell_forward)
        )
        #expect(largestError(old.gates, forward.gates) < 3e-7)
        #expect(largestError(old.h, forward.h) < 1e-6)
        let (backward, oldBackward) = (
            cell.backward(clara_lstm_cell_backward),
            cell.backward(clara_portable_lstm_cell_backward)
        )
        #expect(largestError(oldBackward.gates, backward.gates) < 3e-6)
        #expect(largestError(oldBackward.dc, backward.dc) < 3e-6)
    }
}

/// Random rows of a cell, and what kernel and reference make of them.
private struct Cell {
    typealias Forward = (
        UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>,
        UnsafeMutablePointer<Float>, Int, Int
    ) -> Void
    typealias Backward = (
        UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
        UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, Int
    ) -> Void

    let rows: Int
    let hidden: Int
    let gates: [Float]
    let c: [Float]
    let dh: [Float]
    let dc: [Float]

    init(rows: Int, hidden: Int, deviation: Float) {
        var generator = SeededGenerator(seed: UInt64(rows * 1000 + hidden))
        self.rows = rows
        self.hidden = hidden
        gates = generator.normals(rows * 4 * hidden, deviation: deviation)
        c = generator.normals(rows * hidden)
        dh = generator.normals(rows * hidden)
        dc = generator.normals(rows * hidden)
    }

    func forward(_ kernel: Forward) -> (gates: [Float], c: [Float], h: [Float]) {
        var gates = gates
        var after = [Float](repeating: .nan, count: c.count)
        var h = after
        kernel(&gates, c, &after, &h, rows, hidden)
        return (gates, after, h)
    }

    func backward(_ kernel: Backward) -> (gates: [Float], dc: [Float]) {
        var (gates, dc) = (forward(clara_lstm_cell_forward).gates, dc)
        let after = forward(clara_lstm_cell_forward).c
        kernel(&gates, c, after, dh, &dc, rows, hidden)
        return (gates, dc)
    }

    private func row(_ row: Int, of values: [Float], width: Int) -> [Float] {
        Array(values[row * width..<(row + 1) * width])
    }

    func expectedForward() -> (gates: [Double], c: [Double], h: [Double]) {
        var all: (gates: [Double], c: [Double], h: [Double]) = ([], [], [])
        for index in 0..<rows {
            let (activations, after, h) = ReferenceKernels.lstmCell(
                gates: row(index, of: gates, width: 4 * hidden), c: row(index, of: c, width: hidden)
            )
            all.gates += activations
            all.c += after
            all.h += h
        }
        return all
    }

    func expectedBackward() -> (gates: [Double], dc: [Double]) {
        var all: (gates: [Double], dc: [Double]) = ([], [])
        for index in 0..<rows {
            let (dGates, dBefore) = ReferenceKernels.lstmCellGradient(
                gates: row(index, of: gates, width: 4 * hidden),
                c: row(index, of: c, width: hidden),
                dh: row(index, of: dh, width: hidden), dc: row(index, of: dc, width: hidden))
            all.gates += dGates
            all.dc += dBefore
        }
        return all
    }
}
