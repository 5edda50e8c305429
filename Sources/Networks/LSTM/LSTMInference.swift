import CKernels

/// The LSTM language model for generating: half-precision weights straight from the mapped file, a
/// small state for each stream, no gradients.
///
/// Immutable: any number of threads may decode with one model, each with states of its own.
/// Safe to share: the pointers lead into the mapping, which `file` keeps alive and nobody writes.
package struct LSTMInference: NextTokenModel, @unchecked Sendable {
    /// The recurrent state of a batch of streams: copying it forks the streams.
    package struct State: Sendable {
        package let streams: Int
        /// Each layer's output and cell, (B, width).
        fileprivate var h: [[Float]]
        fileprivate var c: [[Float]]
        /// One a stream, or none.
        fileprivate var contexts: [any StreamContext]
        /// Room for a step's embedded tokens and gates; holds nothing between steps.
        fileprivate var embedded: [Float]
        fileprivate var gates: [Float]
    }

    private struct Layer {
        let inputWidth: Int
        let width: Int
        let weightInput: UnsafePointer<UInt16>  // (4H, I)
        let weightState: UnsafePointer<UInt16>  // (4H, H)
        let bias: [Float]  // (4H)
    }

    package let configuration: LSTMConfiguration
    private let file: SafetensorsFile
    private let embedding: UnsafePointer<UInt16>  // (V, E)
    private let contextEmbedding: UnsafePointer<UInt16>?  // (contexts, E)
    private let context: (any StreamContext)?
    private let outputBias: [Float]  // (V)
    private let layers: [Layer]

    /// How many prompt tokens are multiplied with a layer's input weights at once.
    private static let block = 64

    /// - Parameters:
    ///   - context: a stream's context before its first token, where the network was trained with one.
    ///   - file: weights of `configuration.shapes`, stored as F16.
    package init(
        configuration: LSTMConfiguration, context: (any StreamContext)?, file: SafetensorsFile
    ) throws(SafetensorsError) {
        precondition((context != nil) == (configuration.contexts > 0), "contexts without weights")
        self.configuration = configuration
        self.file = file
        self.context = context
        let tensors = ParameterSet.places(configuration.shapes)
        func half(_ index: Int) throws(SafetensorsError) -> UnsafePointer<UInt16> {
            let tensor = tensors[index]
            let bytes = try file.bytes(of: tensor.name, type: .float16, shape: tensor.shape)
            guard let base = bytes.baseAddress else {
                throw .missingTensor(path: file.path, name: tensor.name)
            }
            return base.assumingMemoryBound(to: UInt16.self)
        }
        func floats(_ index: Int) throws(SafetensorsError) -> [Float] {
            var values = [Float](repeating: 0, count: tensors[index].count)
            clara_float_from_half(&values, try half(index), values.count)
            return values
        }
        var layers: [Layer] = []
        for layer in 0..<configuration.layers {
            layers.append(
                Layer(
                    inputWidth: configuration.inputWidth(ofLayer: layer),
                    width: configuration.outputWidth(ofLayer: layer),
                    weightInput: try half(1 + 3 * layer), weightState: try half(2 + 3 * layer),
                    bias: try floats(3 + 3 * layer)))
        }
        self.layers = layers
        embedding = try half(0)
        outputBias = try floats(configuration.outputBiasIndex)
        contextEmbedding =
            configuration.contexts > 0 ? try half(configuration.outputBiasIndex + 1) : nil
    }

    package var vocabularySize: Int { configuration.vocabulary }

    package func initialState(streams: Int) -> State {
        precondition(streams > 0, "a batch has at least one stream")
        let zeros = layers.map { [Float](repeating: 0, count: streams * $0.width) }
        let widest = layers.map(\.width).max() ?? 0
        return State(
            streams: streams, h: zeros, c: zeros,
            contexts: context.map { Array(repeating: $0, count: streams) } ?? [],
            embedded: [Float](repeating: 0, count: streams * configuration.embedding),
            gates: [Float](repeating: 0, count: streams * 4 * widest))
    }

    package func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        precondition(tokens.count == state.streams, "one token for each stream")
        embed(tokens, contexts: &state.contexts, into: &state.embedded)
        for (index, layer) in layers.enumerated() {
            if index == 0 {
                advance(layer, index, input: state.embedded, state: &state)
            } else {
                let input = state.h[index - 1]
                advance(layer, index, input: input, state: &state)
            }
        }
        writeLogits(state.h[layers.count - 1], streams: state.streams, into: &logits)
    }

    package func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        precondition(state.streams == 1 && !prompt.isEmpty, "a prompt is read by one stream")
        for start in stride(from: 0, to: prompt.count, by: Self.block) {
            let tokens = Array(prompt[start..<min(start + Self.block, prompt.count)])
            readBlock(tokens, state: &state)
        }
        writeLogits(state.h[layers.count - 1], streams: 1, into: &logits)
    }

    package func fork(_ state: State, streams: Int) -> State {
        precondition(state.streams == 1, "only a single stream is forked")
        return select(Array(repeating: 0, count: streams), from: state)
    }

    package func select(_ streams: [Int], from state: State) -> State {
        var selected = initialState(streams: streams.count)
        for (index, layer) in layers.enumerated() {
            for (place, stream) in streams.enumerated() {
                let to = place * layer.width..<(place + 1) * layer.width
                let from = stream * layer.width..<(stream + 1) * layer.width
                selected.h[index].replaceSubrange(to, with: state.h[index][from])
                selected.c[index].replaceSubrange(to, with: state.c[index][from])
            }
        }
        if !state.contexts.isEmpty { selected.contexts = streams.map { state.contexts[$0] } }
        return selected
    }

    // MARK: - One step

    /// Token k's embedding, with those of its contexts, into row k; `contexts` are the tokens'
    /// streams', one for each, or a single one that all tokens belong to.
    private func embed(
        _ tokens: [Int], contexts: inout [any StreamContext], into embedded: inout [Float]
    ) {
        let width = configuration.embedding
        var ids: [Int32] = []
        embedded.withUnsafeMutableBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            for (index, token) in tokens.enumerated() {
                precondition(token >= 0 && token < vocabularySize, "no such token id: \(token)")
                let row = base + index * width
                clara_float_from_half(row, embedding + token * width, width)
                guard let contextEmbedding else { continue }
                let stream = contexts.count == 1 ? 0 : index
                ids.removeAll(keepingCapacity: true)
                contexts[stream].advance(token)
                contexts[stream].appendIDs(to: &ids)
                for id in ids {
                    precondition(
                        id >= 0 && id < configuration.contexts, "no such context id: \(id)")
                    clara_add_half(row, contextEmbedding + Int(id) * width, width)
                }
            }
        }
    }

    private func advance(_ layer: Layer, _ index: Int, input: [Float], state: inout State) {
        clara_half_linear(
            &state.gates, input, layer.weightInput, layer.bias, state.streams, 4 * layer.width,
            layer.inputWidth, 0)
        clara_half_linear(
            &state.gates, state.h[index], layer.weightState, nil, state.streams, 4 * layer.width,
            layer.width, 1)
        state.c[index].withUnsafeMutableBufferPointer { c in
            guard let c = c.baseAddress else { return }
            clara_lstm_cell_forward(
                &state.gates, c, c, &state.h[index], state.streams, layer.width)
        }
    }

    private func writeLogits(_ h: [Float], streams: Int, into logits: inout [Float]) {
        if logits.count != streams * vocabularySize {
            logits = [Float](repeating: 0, count: streams * vocabularySize)
        }
        clara_half_linear(
            &logits, h, embedding, outputBias, streams, vocabularySize, configuration.embedding, 0)
    }

    // MARK: - A whole prompt

    /// Layer by layer: the products with the input for all tokens at once, those with the state one
    /// after the other.
    private func readBlock(_ tokens: [Int], state: inout State) {
        var rows = [Float](repeating: 0, count: tokens.count * configuration.embedding)
        embed(tokens, contexts: &state.contexts, into: &rows)
        for (index, layer) in layers.enumerated() {
            let gateCount = 4 * layer.width
            var gates = [Float](repeating: 0, count: tokens.count * gateCount)
            clara_half_linear(
                &gates, rows, layer.weightInput, layer.bias, tokens.count, gateCount,
                layer.inputWidth, 0)
            rows = [Float](repeating: 0, count: tokens.count * layer.width)
            gates.withUnsafeMutableBufferPointer { gates in
                guard let base = gates.baseAddress else { return }
                for token in tokens.indices {
                    let step = base + token * gateCount
                    clara_half_linear(
                        step, state.h[index], layer.weightState, nil, 1, gateCount, layer.width, 1)
                    state.c[index].withUnsafeMutableBufferPointer { c in
                        guard let c = c.baseAddress else { return }
                        clara_lstm_cell_forward(step, c, c, &state.h[index], 1, layer.width)
                    }
                    rows.replaceSubrange(
                        token * layer.width..<(token + 1) * layer.width, with: state.h[index])
                }
            }
        }
    }
}
