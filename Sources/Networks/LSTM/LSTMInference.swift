import Tensors

/// The LSTM language model for generating: shared weights in the wanted precision, a small state for
/// each stream, no gradients.
///
/// Immutable: any number of threads may decode with one model, each with states of its own. A
/// stream's numbers depend on its tokens and the precision only: not on the streams that share its
/// batch, nor on the number of threads.
package struct LSTMInference: NextTokenModel {
    package typealias State = LSTMState

    let network: LSTMNetwork
    let context: (any StreamContext)?
    let layout: LSTMStateLayout
    /// Nil where one thread is enough. Only one decoder at a time has it; others go on alone.
    let team: ThreadTeam?

    /// - Parameters:
    ///   - context: a stream's context before its first token, where the network was trained with one.
    ///   - file: weights of `configuration.shapes`, stored as F16 or F32.
    ///   - precision: how the weights are held.
    ///   - threads: how many threads share a step where that pays.
    package init(
        configuration: LSTMConfiguration, context: (any StreamContext)?, file: SafetensorsFile,
        precision: WeightPrecision = .float16, threads: Int = 1
    ) throws(SafetensorsError) {
        precondition((context != nil) == (configuration.contexts > 0), "contexts without weights")
        network = try LSTMNetwork(
            configuration: configuration, file: file, precision: precision)
        layout = LSTMStateLayout(network)
        self.context = context
        team = Share.team(of: threads, forStepsOver: configuration.shapes)
    }

    package var configuration: LSTMConfiguration { network.configuration }

    package var vocabularySize: Int { configuration.vocabulary }

    package func initialState(streams: Int) -> State {
        precondition(streams > 0, "a batch has at least one stream")
        return layout.zeros(
            streams: streams,
            contexts: context.map { Array(repeating: $0, count: streams) } ?? [])
    }

    package func fork(_ state: State, streams: Int) -> State {
        precondition(state.streams == 1, "only a single stream is forked")
        return select(Array(repeating: 0, count: streams), from: state)
    }

    package func select(_ streams: [Int], from state: State) -> State {
        precondition(!streams.isEmpty, "a batch has at least one stream")
        return layout.select(streams, from: state)
    }

    package func join(_ states: [State]) -> State {
        precondition(!states.isEmpty, "a batch has at least one stream")
        return layout.join(states)
    }

    package func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        precondition(tokens.count == state.streams, "one token for each stream")
        resize(&logits, streams: state.streams)
        let streams = state.streams
        state.numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            let places = layout.places(base, streams: streams)
            take(
                tokens, contexts: &state.contexts, contextIDs: &state.contextIDs,
                ids: places.tokens, into: places.inputs)
            logits.withUnsafeMutableBufferPointer { logits in
                guard let logits = logits.baseAddress else { return }
                run(BatchStep(network: network, places: places, logits: logits)) {
                    $0.perform($1)
                }
                guard let scores = network.scores else { return }
                for stream in 0..<streams {
                    scores.add(
                        places.scores + stream * scores.projection.width,
                        contexts: state.contextIDs[stream], to: logits + stream * vocabularySize)
                }
            }
        }
    }

    package func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        precondition(state.streams == 1 && !prompt.isEmpty, "a prompt is read by one stream")
        resize(&logits, streams: 1)
        state.numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            let places = layout.places(base, streams: 1)
            let block = PromptBlock(network: network, places: places, limit: prompt.count)
            logits.withUnsafeMutableBufferPointer { logits in
                var rest = prompt[...]
                while !rest.isEmpty, let logits = logits.baseAddress {
                    let tokens = Array(rest.prefix(block.capacity))
                    rest = rest.dropFirst(tokens.count)
                    take(
                        tokens, contexts: &state.contexts, contextIDs: &state.contextIDs,
                        ids: block.tokens, into: block.inputs)
                    run(block.reading(tokens.count, logits: rest.isEmpty ? logits : nil)) {
                        $0.perform($1)
                    }
                    if rest.isEmpty {
                        network.scores?.add(
                            places.scores, contexts: state.contextIDs[tokens.count - 1], to: logits)
                    }
                }
            }
        }
    }

    /// Has the team perform it where it is free, else the caller alone.
    private func run<Work>(_ work: Work, _ perform: @escaping (Work, Share) -> Void) {
        if let team {
            let shared = SharedWork(work: work, perform: perform, team: team)
            let isDone = team.runIfFree(with: shared) { shared, member in
                shared.perform(shared.work, Share(member: member, team: shared.team))
            }
            if isDone { return }
        }
        perform(work, .all)
    }

    private struct SharedWork<Work> {
        let work: Work
        let perform: (Work, Share) -> Void
        let team: ThreadTeam
    }

    private func resize(_ logits: inout [Float], streams: Int) {
        if logits.count != streams * vocabularySize {
            logits = [Float](repeating: 0, count: streams * vocabularySize)
        }
    }

    /// Token k's id and, unless a table makes it needless, its embedding with those of its contexts,
    /// into row k, and what its context says into place k of `contextIDs`; `contexts` are the tokens' streams', one for each, or a single one that all tokens
    /// belong to.
    private func take(
        _ tokens: [Int], contexts: inout [any StreamContext], contextIDs: inout ContextIDs,
        ids: UnsafeMutablePointer<Int32>, into rows: Activations
    ) {
        let isTabled = network.layers[0].tokenGates != nil
        contextIDs.removeAll()
        for (index, token) in tokens.enumerated() {
            precondition(token >= 0 && token < vocabularySize, "no such token id: \(token)")
            ids[index] = Int32(token)
            let stream = contexts.count == 1 ? 0 : index
            if !contexts.isEmpty { contexts[stream].advance(token) }
            contextIDs.append(contexts.isEmpty ? nil : contexts[stream])
            guard !isTabled else { continue }
            network.embedding.write(
                token, contexts: contextIDs[index], into: rows.floats + index * rows.stride)
        }
    }
}
