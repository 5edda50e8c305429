import CKernels

/// An LSTM layer with weights and activations of 8 bits; gates are in the order of the panels.
///
/// Safe to share: its memory is written at `init` only.
final class Int8Layer: InferenceLayer {
    let width: Int
    private let input: Int8Panels?  // (4H, I); nil where there is a table
    private let state: Int8Panels  // (4H, H)
    private let bias: AlignedBytes  // (4·stride)
    private let table: AlignedBytes?  // (V, 4·stride)
    private let path: clara_int8_path

    /// - Parameter tokens: the embeddings of all token ids, (V, I), where they are the only input.
    init(
        input: FloatRows, state: FloatRows, bias: [Float], tokens: FloatRows?,
        path: clara_int8_path
    ) {
        width = state.columns
        self.path = path
        self.state = Int8Panels(state, gates: 4)
        let stride = Self.stride(ofWidth: state.columns)
        self.bias = AlignedBytes(zeros: 4 * stride, of: Float.self)
        Self.pack(bias, rows: 1, width: width, into: self.bias)
        if let tokens {
            self.input = nil
            table = Self.table(input, bias: bias, tokens: tokens)
        } else {
            self.input = Int8Panels(input, gates: 4)
            table = nil
        }
    }

    /// The preactivations that each token's embedding gives, in single precision: (V, 4·stride).
    private static func table(
        _ input: FloatRows, bias: [Float], tokens: FloatRows
    ) -> AlignedBytes {
        let width = input.rows / 4
        let embeddings = tokens.floats
        var gates = [Float](repeating: 0, count: tokens.rows * input.rows)
        gates.withUnsafeMutableBufferPointer { gates in
            guard let base = gates.baseAddress else { return }
            input.multiply(
                embeddings, stride: tokens.columns, streams: tokens.rows, rows: 0..<input.rows,
                bias: bias, into: base, stride: input.rows)
        }
        let table = AlignedBytes(
            zeros: tokens.rows * 4 * stride(ofWidth: width), of: Float.self)
        pack(gates, rows: tokens.rows, width: width, into: table)
        return table
    }

    /// From rows of (4, width) to rows of (panels, 4, 16).
    private static func pack(_ gates: [Float], rows: Int, width: Int, into packed: AlignedBytes) {
        let out = packed.pointer(to: Float.self)
        let stride = stride(ofWidth: width)
        for row in 0..<rows {
            for gate in 0..<4 {
                for unit in 0..<width {
                    out[(row * stride + unit / 16 * 16) * 4 + gate * 16 + unit % 16] =
                        gates[(row * 4 + gate) * width + unit]
                }
            }
        }
    }

    var tokenGates: UnsafeMutablePointer<Float>? { table?.pointer(to: Float.self) }

    func prepare(_ x: Activations, rows: Range<Int>) {
        x.quantise(rows: rows, width: x.stride, path: path)
    }

    func project(
        _ x: Activations, count: Int, into gates: UnsafeMutablePointer<Float>, share: Share
    ) {
        guard let input else { preconditionFailure("the table stands for this product") }
        let part = share.part(of: input.count)
        clara_int8_linear(
            gates, 4 * stride, input.matrix, bias.pointer(to: Float.self), x.inputs, count,
            part.lowerBound, part.upperBound, 4 * stride, path)
    }

    func advance(_ step: LayerStep, share: Share) {
        let part = share.part(of: state.count)
        clara_int8_lstm(
            step.after.floats, step.cells, stride, step.gates, 4 * stride, step.gateRows,
            state.matrix, step.before.inputs, step.streams, part.lowerBound, part.upperBound, path)
    }

    func finish(_ step: LayerStep, share: Share) {
        step.after.quantise(rows: share.part(of: step.streams), width: width, path: path)
    }
}
