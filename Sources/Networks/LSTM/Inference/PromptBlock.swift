/// Room to read a prompt some tokens at a time, layer by layer: the products with the layer's input
/// for all tokens at once, those with its state one after the other.
final class PromptBlock {
    /// The most tokens that are read at once: enough for a layer's weights to come from near memory.
    private static let largest = 64

    let capacity: Int
    /// The tokens' ids.
    var tokens: UnsafeMutablePointer<Int32> { ids.pointer(to: Int32.self) }
    /// The embedded tokens.
    var inputs: Activations {
        Activations(
            at: rows[0].pointer(to: Float.self), rows: capacity, stride: network.inputStride)
    }

    private let network: LSTMNetwork
    private let places: LSTMStatePlaces
    private let ids: AlignedBytes
    /// What enters a layer and what leaves it, in turn.
    private let rows: [AlignedBytes]
    private let gates: AlignedBytes

    /// - Parameters:
    ///   - places: the numbers of one stream.
    ///   - limit: how long the prompt is.
    init(network: LSTMNetwork, places: LSTMStatePlaces, limit: Int) {
        self.network = network
        self.places = places
        capacity = min(Self.largest, limit)
        ids = AlignedBytes(zeros: capacity, of: Int32.self)
        rows = (0..<2).map { [capacity] _ in
            AlignedBytes(zeros: capacity * network.widestActivations, of: Float.self)
        }
        gates = AlignedBytes(zeros: capacity * network.widestGates, of: Float.self)
    }

    /// The reading of the first `count` tokens in the block.
    ///
    /// - Parameter logits: (V), written after the last token; nil where they are not wanted.
    func reading(_ count: Int, logits: UnsafeMutablePointer<Float>?) -> Reading {
        let base = (rows[0].pointer(to: Float.self), rows[1].pointer(to: Float.self))
        return Reading(
            network: network, places: places, inputs: inputs, rows: base, capacity: capacity,
            gates: gates.pointer(to: Float.self), tokens: tokens, count: count, logits: logits)
    }

    /// What the members perform together.
    struct Reading {
        typealias Floats = UnsafeMutablePointer<Float>

        fileprivate let network: LSTMNetwork
        fileprivate let places: LSTMStatePlaces
        fileprivate let inputs: Activations
        fileprivate let rows: (Floats, Floats)
        fileprivate let capacity: Int
        fileprivate let gates: Floats
        fileprivate let tokens: UnsafeMutablePointer<Int32>
        fileprivate let count: Int
        fileprivate let logits: Floats?

        func perform(_ share: Share) {
            var x = inputs
            if let first = network.layers.first, first.tokenGates == nil {
                first.prepare(x, rows: share.part(of: count))
                share.barrier()
            }
            for (index, layer) in network.layers.enumerated() {
                let y = Activations(
                    at: index % 2 == 0 ? rows.1 : rows.0, rows: capacity, stride: layer.stride)
                if layer.tokenGates == nil {
                    layer.project(x, count: count, into: gates, share: share)
                }
                advance(layer, index, y: y, share: share)
                x = y
            }
            if let logits {
                _ = network.output.multiply(
                    x.from(count - 1), count: 1, into: logits, share: share)
                _ = network.scores?.projection.multiply(
                    x.from(count - 1), count: 1, into: places.scores, share: share)
            }
        }

        private func advance(
            _ layer: any InferenceLayer, _ index: Int, y: Activations, share: Share
        ) {
            let kept = places.outputs(index)
            for token in 0..<count {
                let row = layer.tokenGates == nil ? token : Int(tokens[token])
                let step = LayerStep(
                    gates: (layer.tokenGates ?? gates) + row * 4 * layer.stride, gateRows: nil,
                    before: token == 0 ? kept : y.from(token - 1), after: y.from(token),
                    cells: places.cells(index), streams: 1)
                layer.advance(step, share: share)
                share.barrier()
                layer.finish(step, share: share)
                share.barrier()
            }
            if share.member == 0 { kept.copyRow(of: y.from(count - 1)) }
        }
    }
}
