import CKernels

/// The tied output: logits (n, V) = h (n, E) · embeddingᵀ + bias.
enum OutputLayer: Sendable {
    case floats(FloatRows, bias: [Float])
    case int8(Int8Panels, bias: [Float], path: clara_int8_path)

    func write(
        _ logits: UnsafeMutablePointer<Float>, of h: Activations, streams: Int, share: Share
    ) {
        switch self {
        case .floats(let rows, let bias):
            bias.withUnsafeBufferPointer { bias in
                rows.multiply(
                    h.floats, stride: h.stride, streams: streams, rows: share.part(of: rows.rows),
                    bias: bias.baseAddress, into: logits, stride: rows.rows)
            }
        case .int8(let panels, let bias, let path):
            let part = share.part(of: panels.count)
            clara_int8_linear(
                logits, panels.rows, panels.matrix, bias, h.inputs, streams, part.lowerBound,
                part.upperBound, panels.rows, path)
        }
    }
}
