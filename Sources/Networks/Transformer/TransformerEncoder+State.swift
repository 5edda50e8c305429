import Tensors

extension TransformerEncoder {
    /// The last places' keys and values, of the places carried so far and the last window's.
    func carryState() {
        let pair = 2 * width * streams
        let kept = max(0, span.before - span.count)
        for layer in layers {
            layer.carried.base.update(
                from: layer.carried.base + (span.before - kept) * pair, count: kept * pair)
            let own = layer.queriesKeysValues.matrix(rows: rows, columns: 3 * width)
            for row in kept * streams..<span.before * streams {
                let source = own.base + (row - (span.before * streams - rows)) * 3 * width + width
                (layer.carried.base + row * 2 * width).update(from: source, count: 2 * width)
            }
        }
        span.carry()
    }

    var carriedStates: [Matrix] {
        layers.map { $0.carried.matrix(rows: span.before * streams, columns: 2 * width) }
            + [span.carried.matrix(rows: streams, columns: 1)]
    }
}
