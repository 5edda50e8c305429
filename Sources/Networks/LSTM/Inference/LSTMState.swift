/// The recurrent state of a batch of streams: copying it forks the streams.
package struct LSTMState: Sendable {
    package let streams: Int
    /// All numbers of the batch, field by field as its layout says.
    var numbers: [Float]
    /// One a stream, or none.
    var contexts: [any StreamContext]
    /// What the contexts said in the latest step or block of a prompt.
    var contextIDs = ContextIDs()
}

/// Where a batch's numbers lie in one run of floats: first what the streams remember, each layer's
/// outputs and cells, then room for a step's work, which holds nothing between steps.
struct LSTMStateLayout: Sendable {
    /// Widths of the fields that are remembered, (B, width) each.
    private let remembered: [Int]
    private let rememberedSize: Int
    private let layerStarts: [Int]
    private let strides: [Int]
    private let inputStride: Int
    private let gates: Int
    private let scores: Int

    init(_ network: LSTMNetwork) {
        strides = network.layers.map(\.stride)
        remembered = strides.flatMap { Activations.widths(stride: $0) + [$0] }
        rememberedSize = remembered.reduce(0, +)
        var start = 0
        layerStarts = strides.map { stride in
            defer { start += Activations.size(stride: stride) + stride }
            return start
        }
        inputStride = network.inputStride
        gates = network.widestGates
        scores = network.scores?.projection.width ?? 0
    }

    func zeros(streams: Int, contexts: [any StreamContext]) -> LSTMState {
        let size = rememberedSize + Activations.size(stride: inputStride) + gates + scores + 1
        return LSTMState(
            streams: streams, numbers: [Float](repeating: 0, count: streams * size),
            contexts: contexts)
    }

    /// What `streams` of one batch remember as another batch.
    func select(_ streams: [Int], from state: LSTMState) -> LSTMState {
        let contexts = state.contexts.isEmpty ? [] : streams.map { state.contexts[$0] }
        var selected = zeros(streams: streams.count, contexts: contexts)
        for (place, stream) in streams.enumerated() {
            copy(stream, of: state, to: place, of: &selected)
        }
        return selected
    }

    /// What the streams of all batches remember as one batch.
    func join(_ states: [LSTMState]) -> LSTMState {
        var joined = zeros(
            streams: states.reduce(0) { $0 + $1.streams }, contexts: states.flatMap(\.contexts))
        var place = 0
        for state in states {
            for stream in 0..<state.streams {
                copy(stream, of: state, to: place, of: &joined)
                place += 1
            }
        }
        return joined
    }

    private func copy(
        _ stream: Int, of state: LSTMState, to place: Int, of other: inout LSTMState
    ) {
        let streams = other.streams
        state.numbers.withUnsafeBufferPointer { from in
            other.numbers.withUnsafeMutableBufferPointer { to in
                guard let from = from.baseAddress, let to = to.baseAddress else { return }
                var start = 0
                for width in remembered {
                    (to + streams * start + place * width).update(
                        from: from + state.streams * start + stream * width, count: width)
                    start += width
                }
            }
        }
    }

    /// A batch's numbers, found from the address of the first.
    func places(_ base: UnsafeMutablePointer<Float>, streams: Int) -> LSTMStatePlaces {
        let inputs = base + streams * rememberedSize
        let gateStart = inputs + streams * Activations.size(stride: inputStride)
        return LSTMStatePlaces(
            base: base, streams: streams, layerStarts: layerStarts, strides: strides,
            inputs: Activations(at: inputs, rows: streams, stride: inputStride),
            gates: gateStart, scores: gateStart + streams * gates,
            tokens: UnsafeMutableRawPointer(gateStart + streams * (gates + scores))
                .assumingMemoryBound(to: Int32.self))
    }
}

/// Views of a batch's numbers, valid while they stay where they are.
struct LSTMStatePlaces {
    private let base: UnsafeMutablePointer<Float>
    let streams: Int
    private let layerStarts: [Int]
    private let strides: [Int]
    /// The embedded tokens, (B, E).
    let inputs: Activations
    /// A layer's preactivations, (B, 4·stride).
    let gates: UnsafeMutablePointer<Float>
    /// What contexts may add to the logits, (B, layout.width).
    let scores: UnsafeMutablePointer<Float>
    /// The step's token ids, (B).
    let tokens: UnsafeMutablePointer<Int32>

    init(
        base: UnsafeMutablePointer<Float>, streams: Int, layerStarts: [Int], strides: [Int],
        inputs: Activations, gates: UnsafeMutablePointer<Float>,
        scores: UnsafeMutablePointer<Float>,
        tokens: UnsafeMutablePointer<Int32>
    ) {
        self.base = base
        self.streams = streams
        self.layerStarts = layerStarts
        self.strides = strides
        self.inputs = inputs
        self.gates = gates
        self.scores = scores
        self.tokens = tokens
    }

    /// A layer's outputs, (B, width).
    func outputs(_ layer: Int) -> Activations {
        Activations(
            at: base + streams * layerStarts[layer], rows: streams, stride: strides[layer])
    }

    /// A layer's cells, (B, stride).
    func cells(_ layer: Int) -> UnsafeMutablePointer<Float> {
        base + streams * (layerStarts[layer] + Activations.size(stride: strides[layer]))
    }
}
