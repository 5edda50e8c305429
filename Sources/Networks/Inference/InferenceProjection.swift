import CKernels

/// y = x·weightᵀ + bias with weights in some precision, shared by a team.
struct InferenceProjection: Sendable {
    private enum Weights: Sendable {
        case floats(FloatRows)
        case int8(Int8Panels)
    }

    private let weights: Weights
    private let bias: [Float]
    private let path: clara_int8_path
    /// How many numbers come out.
    let width: Int

    /// - Parameters:
    ///   - weight: (width, inputs)
    ///   - bias: (width)
    init(_ weight: FloatRows, bias: [Float], precision: WeightPrecision) {
        weights = precision == .int8 ? .int8(Int8Panels(weight)) : .floats(weight)
        self.bias = bias
        path = clara_int8_best_path()
        width = weight.rows
    }

    /// Writes a member's columns of y (count, width).
    ///
    /// - Parameter x: rounded too where the weights are.
    /// - Returns: which columns these are.
    func multiply(
        _ x: Activations, count: Int, into y: UnsafeMutablePointer<Float>, share: Share
    ) -> Range<Int> {
        switch weights {
        case .floats(let rows):
            let part = share.part(of: width)
            bias.withUnsafeBufferPointer { bias in
                rows.multiply(
                    x.floats, stride: x.stride, streams: count, rows: part,
                    bias: bias.baseAddress, into: y, stride: width)
            }
            return part
        case .int8(let panels):
            let part = share.part(of: panels.count)
            clara_int8_linear(
                y, width, panels.matrix, bias, x.inputs, count, part.lowerBound, part.upperBound,
                width, path)
            let rows = Int(CLARA_PANEL_ROWS)
            return min(width, part.lowerBound * rows)..<min(width, part.upperBound * rows)
        }
    }
}
