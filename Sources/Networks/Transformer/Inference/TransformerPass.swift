import CKernels

/// Some rows on their way through all layers, as a team's members perform it together; see
/// `TransformerRoom`.
///
/// A row's numbers depend on its stream only: neither on the other rows nor on the number of members.
struct TransformerPass {
    let network: TransformerNetwork
    let room: TransformerRoom
    /// How many.
    let rows: Int
    /// Which rows' logits are wanted: the last ones.
    let wanted: Range<Int>
    /// (wanted, V)
    let logits: UnsafeMutablePointer<Float>

    private var width: Int { network.configuration.embedding }
    private var inner: Int { network.configuration.feedForward }

    func perform(_ share: Share) {
        for index in network.layers.indices {
            let layer = network.layers[index]
            var inputs = normed(room.x, rows: rows, by: layer.attentionNorm, share)
            _ = layer.queriesKeysValues.multiply(
                inputs, count: rows, into: room.queriesKeysValues, share: share)
            share.barrier()
            attend(layer: index, share)
            share.barrier()
            inputs = rounded(room.attended, width: width, share)
            add(layer.output, of: inputs, share)
            share.barrier()
            inputs = normed(room.x, rows: rows, by: layer.feedForwardNorm, share)
            activate(layer.up.multiply(inputs, count: rows, into: room.hidden, share: share))
            share.barrier()
            inputs = rounded(room.active, width: inner, share)
            add(layer.down, of: inputs, share)
            share.barrier()
        }
        guard !wanted.isEmpty else { return }
        let features = normed(
            room.x + wanted.lowerBound * width, rows: wanted.count, by: network.finalNorm, share)
        _ = network.output.multiply(features, count: wanted.count, into: logits, share: share)
    }

    // MARK: - Parts

    /// Attention of the member's heads, for all rows in order: a row may see those before it.
    private func attend(layer: Int, _ share: Share) {
        let (heads, head) = (network.configuration.heads, network.configuration.head)
        let size = clara_kept_size(head)
        let scores = room.scores(ofMember: share.member)
        let step = network.keepsFloats ? clara_float_attention_step : clara_half_attention_step
        for number in share.part(of: heads) {
            for row in 0..<rows {
                let query = room.queriesKeysValues + row * 3 * width + number * head
                step(
                    room.attended + row * width + number * head, query, query + width,
                    query + 2 * width, room.seen[row], (layer * heads + number) * size, head,
                    scores)
            }
        }
    }

    /// GELU of a member's columns of the hidden units.
    private func activate(_ part: Range<Int>) {
        for row in 0..<rows {
            let start = row * inner + part.lowerBound
            clara_gelu_forward(
                room.active + start, room.hidden + start, network.noBias, 1, part.count)
        }
    }

    /// Adds what a projection gives to the residual stream.
    private func add(_ projection: InferenceProjection, of inputs: Activations, _ share: Share) {
        let part = projection.multiply(inputs, count: rows, into: room.added, share: share)
        for row in 0..<rows {
            let start = row * width + part.lowerBound
            clara_add_scaled(room.x + start, room.added + start, 1, part.count)
        }
    }

    // MARK: - Inputs of products

    /// The norms of `x` (rows, E). One row each member makes for itself, sooner than it could wait.
    private func normed(
        _ x: UnsafeMutablePointer<Float>, rows: Int, by norm: TransformerNetwork.Norm,
        _ share: Share
    ) -> Activations {
        let work = room.normalised(ofMember: share.member)
        return inputs(rows: rows, width: width, share) { row, input in
            clara_layer_norm_forward(
                input, work, work + width, x + row * width, norm.weight, norm.bias, 1, width,
                TransformerConfiguration.normEpsilon)
        }
    }

    /// The rows of `x` (rows, width), rounded where the weights are.
    private func rounded(
        _ x: UnsafeMutablePointer<Float>, width: Int, _ share: Share
    ) -> Activations {
        inputs(rows: rows, width: width, share) { row, input in
            input.update(from: x + row * width, count: width)
        }
    }

    private func inputs(
        rows: Int, width: Int, _ share: Share,
        _ write: (Int, UnsafeMutablePointer<Float>) -> Void
    ) -> Activations {
        let isOwn = rows == 1
        let inputs =
            isOwn
            ? room.input(ofMember: share.member, width: width) : room.inputs(width: width)
        let mine = isOwn ? 0..<1 : share.part(of: rows)
        for row in mine { write(row, inputs.floats + row * inputs.stride) }
        if network.precision == .int8 {
            inputs.quantise(rows: mine, width: width, path: network.path)
        }
        if !isOwn { share.barrier() }
        return inputs
    }
}
