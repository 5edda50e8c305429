import CKernels
import Tensors

/// One LSTM layer over T steps of B streams: its weights' places, its memory, forward and backward.
///
/// Steps are outermost: every buffer is (T, B, width), so that one step is a run of memory. The
/// products with the state go step by step; those with the input are done for a stretch of steps at
/// once, or for the whole window where the input is there already, as are the weights' gradients.
final class LSTMLayer {
    let inputWidth: Int
    /// H
    let width: Int
    /// B
    private let streams: Int
    /// Steps of the last window: where the state to carry over stands.
    var stepsDone: Int

    private let weightInput: Matrix  // (4H, I)
    private let weightState: Matrix  // (4H, H)
    private let bias: Matrix  // (1, 4H)
    private let gradientInput: Matrix
    private let gradientState: Matrix
    private let gradientBias: Matrix

    /// Dropout of what leaves the layer; (B, H).
    let outputDropout: DropoutMask
    private let dropConnect: DropConnect
    /// The recurrent weights of this window: (H, 4H) forward, (4H, H) backward.
    private let packed: PackedMatrix

    /// Preactivations, then activations, then gradients of preactivations: (T·B, 4H).
    private let gates: FloatBuffer
    /// c before the first step, then after each: ((T+1)·B, H).
    private let cells: FloatBuffer
    /// h before the first step, then after each: ((T+1)·B, H).
    private let outputs: FloatBuffer
    /// h after dropout, (T·B, H); nothing where none is dropped.
    private let dropped: FloatBuffer
    private let dInputs: FloatBuffer  // (T·B, I)
    private let dCell: FloatBuffer  // (B, H)
    private let dState: FloatBuffer  // (B, H)

    init(
        index: Int, configuration: LSTMConfiguration, steps: Int, streams: Int,
        weights: ParameterSet, gradients: ParameterSet, regularisation: Regularisation
    ) {
        inputWidth = configuration.inputWidth(ofLayer: index)
        width = configuration.outputWidth(ofLayer: index)
        self.streams = streams
        stepsDone = steps
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
        let isLast = index == configuration.layers - 1
        outputDropout = DropoutMask(
            rate: isLast ? regularisation.output : regularisation.hidden, rows: streams,
            columns: width)
        dropConnect = DropConnect(of: weightState, rate: regularisation.weight)
        packed = PackedMatrix(roomFor: 4 * width, width)
        let rows = steps * streams
        gates = FloatBuffer(zeros: rows * 4 * width)
        cells = FloatBuffer(zeros: (rows + streams) * width)
        outputs = FloatBuffer(zeros: (rows + streams) * width)
        dropped = FloatBuffer(zeros: outputDropout.isActive ? rows * width : 0)
        dInputs = FloatBuffer(zeros: rows * inputWidth)
        dCell = FloatBuffer(zeros: streams * width)
        dState = FloatBuffer(zeros: streams * width)
    }

    func drawDropout(using generator: inout SeededGenerator) {
        outputDropout.draw(using: &generator)
        dropConnect.draw(using: &generator)
    }

    /// h of all steps, (T·B, H); zero at a piece's last token, whose state nobody asks for.
    func output(rows: Int) -> Matrix {
        outputs.matrix(offset: streams * width, rows: rows, columns: width)
    }

    /// What the next layer sees, (T·B, H).
    func features(rows: Int, training: Bool) -> Matrix {
        training && outputDropout.isActive
            ? dropped.matrix(rows: rows, columns: width) : output(rows: rows)
    }

    /// The gradient of the layer's input after `backward`, (T·B, I).
    func dInput(rows: Int) -> Matrix { dInputs.matrix(rows: rows, columns: inputWidth) }

    private func gates(of steps: Range<Int>) -> Matrix {
        gates.matrix(
            offset: steps.lowerBound * streams * 4 * width, rows: steps.count * streams,
            columns: 4 * width)
    }

    /// The state that enters `step`, (B, H).
    private func state(_ buffer: FloatBuffer, entering step: Int) -> Matrix {
        buffer.matrix(offset: step * streams * width, rows: streams, columns: width)
    }

    // MARK: - Forward

    /// The products of the whole window's input, (T·B, I), where it is known before the layer starts.
    func multiplyInput(_ input: Matrix, by team: ThreadTeam) {
        gates.matrix(rows: input.rows, columns: 4 * width)
            .setProduct(input, .asIs, weightInput, .transposed, by: team)
    }

    /// The products of a stretch's input; `input` is the whole window's, (T·B, I).
    func multiplyInput(_ input: Matrix, steps: Range<Int>) {
        gates(of: steps).setProduct(
            input.rows(from: steps.lowerBound * streams, count: steps.count * streams), .asIs,
            weightInput, .transposed)
    }

    /// A stretch of steps, after all before it and after `multiplyInput`.
    ///
    /// Where a piece begins, the state before it is cleared in place, as soon as it is computed.
    func forward(steps: Range<Int>, resets: Resets, training: Bool) {
        if steps.lowerBound == 0 {
            packed.pack(training ? dropConnect.weights : weightState, .transposed)
            clear(resets, entering: 0)
        }
        gates(of: steps).add(bias: bias)
        for step in steps {
            let gates = gates(of: step..<step + 1)
            gates.setProduct(state(outputs, entering: step), packed, accumulating: true)
            Kernels.lstmCellForward(
                gates: gates, before: state(cells, entering: step),
                after: state(cells, entering: step + 1), h: state(outputs, entering: step + 1))
            if step + 1 < resets.steps { clear(resets, entering: step + 1) }
        }
        guard training, outputDropout.isActive else { return }
        let first = steps.lowerBound * streams
        let features = features(rows: resets.rows, training: true)
            .rows(from: first, count: steps.count * streams)
        features.copy(
            from: output(rows: resets.rows).rows(from: first, count: features.rows))
        outputDropout.apply(to: features)
    }

    private func clear(_ resets: Resets, entering step: Int) {
        resets.clear(state(outputs, entering: step), entering: step)
        resets.clear(state(cells, entering: step), entering: step)
    }

    // MARK: - Backward

    /// No gradient flows past the window's end.
    func beginBackward() {
        dCell.fill(0)
        dState.fill(0)
    }

    /// A stretch of steps, after all behind it: the gradients of the preactivations from the window's
    /// `dOutput` (T·B, H), used up within the stretch. No gradient flows past the start of the window
    /// or of a piece.
    func backward(dOutput: Matrix, steps: Range<Int>, resets: Resets) {
        if steps.upperBound == resets.steps { packed.pack(dropConnect.weights) }
        let dh = dState.matrix(rows: streams, columns: width)
        let dc = dCell.matrix(rows: streams, columns: width)
        for step in steps.reversed() {
            let dOut = dOutput.rows(from: step * streams, count: streams)
            dOut.add(dh)
            let gates = gates(of: step..<step + 1)
            Kernels.lstmCellBackward(
                gates: gates, before: state(cells, entering: step),
                after: state(cells, entering: step + 1), dh: dOut, dc: dc)
            dh.setProduct(gates, packed)
            resets.clear(dh, entering: step)
            resets.clear(dc, entering: step)
        }
        gradientBias.addRowSums(of: gates(of: steps))
    }

    /// The gradient of a stretch's input, after `backward`.
    func differentiateInput(steps: Range<Int>, resets: Resets) {
        dInput(rows: resets.rows)
            .rows(from: steps.lowerBound * streams, count: steps.count * streams)
            .setProduct(gates(of: steps), .asIs, weightInput, .asIs)
    }

    /// The gradient of the whole window's input, after all stretches.
    func differentiateInput(rows: Int, by team: ThreadTeam) {
        dInput(rows: rows).setProduct(
            gates.matrix(rows: rows, columns: 4 * width), .asIs, weightInput, .asIs, by: team)
    }

    /// Adds the weights' gradients, after all stretches; `input` (T·B, I) is the window's.
    func differentiateWeights(input: Matrix, by team: ThreadTeam) {
        let dGates = gates.matrix(rows: input.rows, columns: 4 * width)
        let before = outputs.matrix(rows: input.rows, columns: width)
        gradientState.setProduct(dGates, .transposed, before, .asIs, accumulating: true, by: team)
        dropConnect.apply(to: gradientState)
        gradientInput.setProduct(dGates, .transposed, input, .asIs, accumulating: true, by: team)
    }

    // MARK: - State

    /// Carries the state after the last step over to the next window.
    func carryState() {
        state(cells, entering: 0).copy(from: state(cells, entering: stepsDone))
        state(outputs, entering: 0).copy(from: state(outputs, entering: stepsDone))
    }

    /// The carried state, (B, H) each, to save and restore.
    var carriedState: (h: Matrix, c: Matrix) {
        (state(outputs, entering: 0), state(cells, entering: 0))
    }
}
