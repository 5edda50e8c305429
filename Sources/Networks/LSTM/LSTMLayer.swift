import Tensors

/// One LSTM layer over T steps of B streams: its weights' places, its memory, forward and backward.
///
/// Steps are outermost: every buffer is (T, B, width), so that one step is a run of memory. The
/// products with the input are done for all steps at once, those with the state step by step, and
/// each weight gradient in one product.
package final class LSTMLayer {
    package let inputWidth: Int
    /// H
    package let width: Int
    package let steps: Int
    package let streams: Int

    let weightInput: Matrix  // (4H, I)
    let weightState: Matrix  // (4H, H)
    let bias: Matrix  // (1, 4H)
    let gradientInput: Matrix
    let gradientState: Matrix
    let gradientBias: Matrix

    /// Preactivations, then activations, then gradients of preactivations: (T·B, 4H).
    let gates: FloatBuffer
    /// c before the first step, then after each: ((T+1)·B, H).
    let cells: FloatBuffer
    /// h before the first step, then after each: ((T+1)·B, H).
    let outputs: FloatBuffer
    let dCell: FloatBuffer  // (B, H)
    let dState: FloatBuffer  // (B, H)

    init(
        index: Int, configuration: LSTMConfiguration, steps: Int, streams: Int,
        weights: ParameterSet, gradients: ParameterSet
    ) {
        inputWidth = configuration.inputWidth(ofLayer: index)
        width = configuration.outputWidth(ofLayer: index)
        self.steps = steps
        self.streams = streams
        let first = 1 + 3 * index
        let (input, state, bias) = (
            weights.tensors[first], weights.tensors[first + 1], weights.tensors[first + 2]
        )
        weightInput = weights.matrix(input)
        weightState = weights.matrix(state)
        self.bias = weights.matrix(bias)
        gradientInput = gradients.matrix(input)
        gradientState = gradients.matrix(state)
        gradientBias = gradients.matrix(bias)
        gates = FloatBuffer(zeros: steps * streams * 4 * width)
        cells = FloatBuffer(zeros: (steps + 1) * streams * width)
        outputs = FloatBuffer(zeros: (steps + 1) * streams * width)
        dCell = FloatBuffer(zeros: streams * width)
        dState = FloatBuffer(zeros: streams * width)
    }

    /// The layer's output for all steps, (T·B, H).
    var output: Matrix {
        outputs.matrix(offset: streams * width, rows: steps * streams, columns: width)
    }

    private var allGates: Matrix { gates.matrix(rows: steps * streams, columns: 4 * width) }

    private func gates(at step: Int) -> Matrix {
        gates.matrix(offset: step * streams * 4 * width, rows: streams, columns: 4 * width)
    }

    /// The state that enters `step`.
    private func state(_ buffer: FloatBuffer, entering step: Int) -> Matrix {
        buffer.matrix(offset: step * streams * width, rows: streams, columns: width)
    }

    /// `input` (T·B, I). `resets` (T·B): true where a stream starts a new piece at that step, so
    /// that the state entering it is zero. The state carried from the last window is kept.
    func forward(input: Matrix, resets: [Bool]) {
        allGates.setProduct(input, .asIs, weightInput, .transposed)
        allGates.add(bias: bias)
        for step in 0..<steps {
            let h = state(outputs, entering: step)
            let c = state(cells, entering: step)
            clear(resets, step: step, in: h, c)
            let gates = gates(at: step)
            gates.setProduct(h, .asIs, weightState, .transposed, accumulating: true)
            Kernels.lstmCellForward(
                gates: gates, before: c, after: state(cells, entering: step + 1),
                h: state(outputs, entering: step + 1))
        }
    }

    /// From `dOutput` (T·B, H), which is used up, adds the gradients of the weights, and writes
    /// `dInput` (T·B, I). No gradient flows past the start of the window or a reset.
    ///
    /// A reset cleared the output of the step before in place: nothing may have been asked of that
    /// output but the end of a piece, whose gradient is zero.
    func backward(input: Matrix, dOutput: Matrix, dInput: Matrix, resets: [Bool]) {
        dCell.fill(0)
        dState.fill(0)
        let dh = dState.matrix(rows: streams, columns: width)
        let dc = dCell.matrix(rows: streams, columns: width)
        for step in (0..<steps).reversed() {
            let dOut = dOutput.rows(from: step * streams, count: streams)
            dOut.add(dh)
            let gates = gates(at: step)
            Kernels.lstmCellBackward(
                gates: gates, before: state(cells, entering: step),
                after: state(cells, entering: step + 1), dh: dOut, dc: dc)
            dh.setProduct(gates, .asIs, weightState, .asIs)
            clear(resets, step: step, in: dh, dc)
        }
        let before = outputs.matrix(rows: steps * streams, columns: width)
        gradientState.setProduct(allGates, .transposed, before, .asIs, accumulating: true)
        gradientInput.setProduct(allGates, .transposed, input, .asIs, accumulating: true)
        gradientBias.addRowSums(of: allGates)
        dInput.setProduct(allGates, .asIs, weightInput, .asIs)
    }

    private func clear(_ resets: [Bool], step: Int, in states: Matrix...) {
        for stream in 0..<streams where resets[step * streams + stream] {
            for state in states { state.rows(from: stream, count: 1).fill(0) }
        }
    }

    /// Carries the state after the last step over to the next window.
    func carryState() {
        for buffer in [cells, outputs] {
            state(buffer, entering: 0).copy(from: state(buffer, entering: steps))
        }
    }

    /// The carried state, (B, H) each, to save and restore.
    var carriedState: (h: Matrix, c: Matrix) {
        (state(outputs, entering: 0), state(cells, entering: 0))
    }
}
