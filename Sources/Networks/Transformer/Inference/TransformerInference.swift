import Tensors

/// The Transformer language model for generating: shared weights in the wanted precision, the keys and
/// values that each stream still sees, no gradients.
///
/// A stream sees its last W places only, so that a token costs the same however long the piece.
/// Immutable: any number of threads may decode with one model, each with states of its own. A stream's
/// numbers depend on its tokens and the precision only: not on the streams that share its batch, nor
/// on the number of threads.
package struct TransformerInference: NextTokenModel {
    package typealias State = TransformerState

    let network: TransformerNetwork
    private let context: (any StreamContext)?
    private let startToken: Int?
    /// Nil where one thread is enough. Only one decoder at a time has it; others go on alone.
    private let team: ThreadTeam?

    /// - Parameters:
    ///   - context: a stream's context before its first token, where the network was trained with one.
    ///   - startToken: the id that begins a piece: nothing before it is seen after it. Nil where no
    ///     token does.
    ///   - file: weights of `configuration.shapes`, stored as F16 or F32.
    ///   - precision: how the weights are held. Keys and values are kept as 32-bit floats with
    ///     `float32`, else as 16-bit ones.
    ///   - threads: how many threads share a step where that pays.
    package init(
        configuration: TransformerConfiguration, context: (any StreamContext)?, startToken: Int?,
        file: SafetensorsFile, precision: WeightPrecision, threads: Int = 1
    ) throws(SafetensorsError) {
        precondition((context != nil) == (configuration.contexts > 0), "contexts without weights")
        network = try TransformerNetwork(
            configuration: configuration, file: file, precision: precision)
        self.context = context
        self.startToken = startToken
        team = Share.team(of: threads, forStepsOver: configuration.shapes)
    }

    package var configuration: TransformerConfiguration { network.configuration }

    package var vocabularySize: Int { configuration.vocabulary }

    // MARK: - States

    package func initialState(streams: Int) -> State {
        precondition(streams > 0, "a batch has at least one stream")
        return State(
            caches: (0..<streams).map { _ in
                KeyValueCache(window: configuration.window, blockBytes: network.blockBytes)
            },
            contexts: context.map { Array(repeating: $0, count: streams) } ?? [],
            room: room(rows: streams))
    }

    package func fork(_ state: State, streams: Int) -> State {
        precondition(state.streams == 1, "only a single stream is forked")
        precondition(streams > 0, "a batch has at least one stream")
        var fork = select(Array(repeating: 0, count: streams), from: state)
        for stream in 0..<streams { fork.caches[stream] = fork.caches[stream].fork }
        return fork
    }

    package func select(_ streams: [Int], from state: State) -> State {
        precondition(!streams.isEmpty, "a batch has at least one stream")
        return State(
            caches: streams.map { state.caches[$0] },
            contexts: state.contexts.isEmpty ? [] : streams.map { state.contexts[$0] },
            room: room(rows: streams.count))
    }

    package func join(_ states: [State]) -> State {
        precondition(!states.isEmpty, "a batch has at least one stream")
        let caches = states.flatMap(\.caches)
        return State(
            caches: caches, contexts: states.flatMap(\.contexts), room: room(rows: caches.count))
    }

    private func room(rows: Int) -> TransformerRoom {
        TransformerRoom(configuration, rows: rows, members: team?.threads ?? 1)
    }

    /// The state's room, for itself alone.
    private func ownRoom(of state: inout State, rows: Int) -> TransformerRoom {
        if !isKnownUniquelyReferenced(&state.room) || state.room.capacity < rows {
            state.room = room(rows: rows)
        }
        return state.room
    }

    // MARK: - Tokens

    package func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        precondition(tokens.count == state.streams, "one token for each stream")
        resize(&logits, streams: state.streams)
        let room = ownRoom(of: &state, rows: tokens.count)
        for (stream, token) in tokens.enumerated() {
            if token == startToken { state.caches[stream].reset() }
            room.enter(
                &state.caches[stream], count: 1, row: stream, angles: network.angles)
            embed(token, stream: stream, state: &state, into: room.x(row: stream))
        }
        perform(rows: tokens.count, wanted: 0..<tokens.count, room: room, logits: &logits)
    }

    package func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        precondition(state.streams == 1 && !prompt.isEmpty, "a prompt is read by one stream")
        resize(&logits, streams: 1)
        let room = ownRoom(of: &state, rows: min(prompt.count, KeyValueCache.blockPlaces))
        var rest = prompt[...]
        while let first = rest.first {
            if first == startToken { state.caches[0].reset() }
            let block = rest.prefix(state.caches[0].placesLeftInBlock)
            let count = 1 + block.dropFirst().prefix { $0 != startToken }.count
            room.enter(&state.caches[0], count: count, row: 0, angles: network.angles)
            for (row, token) in rest.prefix(count).enumerated() {
                embed(token, stream: 0, state: &state, into: room.x(row: row))
            }
            rest = rest.dropFirst(count)
            let wanted = rest.isEmpty ? count - 1..<count : 0..<0
            perform(rows: count, wanted: wanted, room: room, logits: &logits)
        }
    }

    private func embed(
        _ token: Int, stream: Int, state: inout State, into row: UnsafeMutablePointer<Float>
    ) {
        precondition(token >= 0 && token < vocabularySize, "no such token id: \(token)")
        state.contextIDs.removeAll(keepingCapacity: true)
        if !state.contexts.isEmpty {
            state.contexts[stream].advance(token)
            state.contexts[stream].appendIDs(to: &state.contextIDs)
        }
        network.embedding.write(token, contexts: state.contextIDs[...], into: row)
    }

    private func resize(_ logits: inout [Float], streams: Int) {
        if logits.count != streams * vocabularySize {
            logits = [Float](repeating: 0, count: streams * vocabularySize)
        }
    }

    /// Has the team perform it where it is free, else the caller alone.
    private func perform(
        rows: Int, wanted: Range<Int>, room: TransformerRoom, logits: inout [Float]
    ) {
        logits.withUnsafeMutableBufferPointer { logits in
            guard let base = logits.baseAddress else { return }
            let pass = TransformerPass(
                network: network, room: room, rows: rows, wanted: wanted, logits: base)
            if let team {
                let isDone = team.runIfFree(with: (pass, team)) { context, member in
                    context.0.perform(Share(member: member, team: context.1))
                }
                if isDone { return }
            }
            pass.perform(.all)
        }
    }
}

/// What a batch of streams remembers: copying it forks the streams, at no cost until they go on.
package struct TransformerState: Sendable {
    package var streams: Int { caches.count }
    var caches: [KeyValueCache]
    /// One a stream, or none.
    var contexts: [any StreamContext]
    var contextIDs: [Int32] = []
    var room: TransformerRoom
}
