/// One step of one layer for a batch of streams.
struct LayerStep {
    /// The preactivations as far as they come from the layer's input, (…, 4·stride).
    let gates: UnsafeMutablePointer<Float>
    /// Which row of `gates` is a stream's, (B); nil where they are in order.
    let gateRows: UnsafePointer<Int32>?
    /// The layer's outputs of the step before and of this one, (B, width); may be the same place.
    let before: Activations
    let after: Activations
    /// The cells' states, changed by the step, (B, stride).
    let cells: UnsafeMutablePointer<Float>
    let streams: Int
}

/// An LSTM layer whose weights are held in some precision, to be run by a team: all members call the
/// same functions in the same order, with a barrier after `advance` and after `finish`.
///
/// A stream's numbers depend neither on the other streams nor on how many members there are.
protocol InferenceLayer: AnyObject, Sendable {
    /// H, how many units there are.
    var width: Int { get }

    /// The preactivations of every token id, (V, 4·stride), where the layer's input is nothing but the
    /// token's embedding and a table of them pays.
    var tokenGates: UnsafeMutablePointer<Float>? { get }

    /// Sees to it that `project` can take the given rows of `x`; a barrier must follow.
    func prepare(_ x: Activations, rows: Range<Int>)

    /// gates (n, 4·stride) = input weights · x + bias; no barrier is needed before `advance`.
    func project(
        _ x: Activations, count: Int, into gates: UnsafeMutablePointer<Float>, share: Share)

    /// The products with the outputs before.
    func advance(_ step: LayerStep, share: Share)

    /// What is left to do, stream by stream.
    func finish(_ step: LayerStep, share: Share)
}

extension InferenceLayer {
    /// From one stream's cells or outputs to the next one's: a whole number of panels' units.
    var stride: Int { Self.stride(ofWidth: width) }

    static func stride(ofWidth width: Int) -> Int { (width + 15) / 16 * 16 }
}
