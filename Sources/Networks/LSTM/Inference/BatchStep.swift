/// One step of a batch of streams through all layers, as its members perform it together.
struct BatchStep {
    let network: LSTMNetwork
    let places: LSTMStatePlaces
    /// (B, V)
    let logits: UnsafeMutablePointer<Float>

    func perform(_ share: Share) {
        let streams = places.streams
        var x = places.inputs
        if let first = network.layers.first, first.tokenGates == nil {
            first.prepare(x, rows: share.part(of: streams))
            share.barrier()
        }
        for (index, layer) in network.layers.enumerated() {
            let outputs = places.outputs(index)
            if layer.tokenGates == nil {
                layer.project(x, count: streams, into: places.gates, share: share)
            }
            let step = LayerStep(
                gates: layer.tokenGates ?? places.gates,
                gateRows: layer.tokenGates == nil ? nil : UnsafePointer(places.tokens),
                before: outputs, after: outputs, cells: places.cells(index), streams: streams)
            layer.advance(step, share: share)
            share.barrier()
            layer.finish(step, share: share)
            share.barrier()
            x = outputs
        }
        _ = network.output.multiply(x, count: streams, into: logits, share: share)
        _ = network.scores?.projection.multiply(
            x, count: streams, into: places.scores, share: share)
    }
}
