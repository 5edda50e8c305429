import CKernels

/// An LSTM layer with weights of 16 or 32 bits.
///
/// The gates stand one after the other as in the file, (4·width) of a row's 4·stride.
final class FloatLayer: InferenceLayer {
    let width: Int
    var tokenGates: UnsafeMutablePointer<Float>? { nil }
    private let input: FloatRows  // (4H, I)
    private let state: FloatRows  // (4H, H)
    private let bias: [Float]  // (4H)

    init(input: FloatRows, state: FloatRows, bias: [Float]) {
        width = state.columns
        self.input = input
        self.state = state
        self.bias = bias
    }

    func prepare(_ x: Activations, rows: Range<Int>) {}

    func project(
        _ x: Activations, count: Int, into gates: UnsafeMutablePointer<Float>, share: Share
    ) {
        bias.withUnsafeBufferPointer { bias in
            input.multiply(
                x.floats, stride: x.stride, streams: count, rows: share.part(of: 4 * width),
                bias: bias.baseAddress, into: gates, stride: 4 * stride)
        }
    }

    func advance(_ step: LayerStep, share: Share) {
        state.multiply(
            step.before.floats, stride: step.before.stride, streams: step.streams,
            rows: share.part(of: 4 * width), into: step.gates, stride: 4 * stride,
            accumulating: true)
    }

    func finish(_ step: LayerStep, share: Share) {
        for stream in share.part(of: step.streams) {
            let c = step.cells + stream * stride
            clara_lstm_cell_forward(
                step.gates + stream * 4 * stride, c, c, step.after.floats + stream * stride, 1,
                width)
        }
    }
}
