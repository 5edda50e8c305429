/// The model that generates for a network of either kind.
package enum InferenceModel: NextTokenModel {
    case lstm(LSTMInference)
    case transformer(TransformerInference)

    package enum State: Sendable {
        case lstm(LSTMInference.State)
        case transformer(TransformerInference.State)
    }

    /// - Parameters:
    ///   - context: a stream's context before its first token; used where the network was trained with
    ///     one, and nil where it was not.
    ///   - startToken: the id that begins a piece.
    ///   - file: weights of `configuration.shapes`, stored as F16 or F32.
    ///   - precision: how the weights are held.
    ///   - threads: how many threads share a step where that pays.
    package init(
        _ configuration: NetworkConfiguration, context: (any StreamContext)?, startToken: Int,
        file: SafetensorsFile, precision: WeightPrecision, threads: Int
    ) throws(SafetensorsError) {
        let context = configuration.contexts > 0 ? context : nil
        switch configuration {
        case .lstm(let lstm):
            self = .lstm(
                try LSTMInference(
                    configuration: lstm, context: context, file: file, precision: precision,
                    threads: threads))
        case .transformer(let transformer):
            self = .transformer(
                try TransformerInference(
                    configuration: transformer, context: context, startToken: startToken,
                    file: file, precision: precision, threads: threads))
        }
    }

    package var vocabularySize: Int {
        switch self {
        case .lstm(let model): model.vocabularySize
        case .transformer(let model): model.vocabularySize
        }
    }

    package func initialState(streams: Int) -> State {
        switch self {
        case .lstm(let model): .lstm(model.initialState(streams: streams))
        case .transformer(let model): .transformer(model.initialState(streams: streams))
        }
    }

    package func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        switch (self, consume state) {
        case (.lstm(let model), .lstm(var own)):
            model.step(tokens, state: &own, logits: &logits)
            state = .lstm(own)
        case (.transformer(let model), .transformer(var own)):
            model.step(tokens, state: &own, logits: &logits)
            state = .transformer(own)
        default: preconditionFailure("a state belongs to the model that made it")
        }
    }

    package func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        switch (self, consume state) {
        case (.lstm(let model), .lstm(var own)):
            model.read(prompt, state: &own, logits: &logits)
            state = .lstm(own)
        case (.transformer(let model), .transformer(var own)):
            model.read(prompt, state: &own, logits: &logits)
            state = .transformer(own)
        default: preconditionFailure("a state belongs to the model that made it")
        }
    }

    package func fork(_ state: State, streams: Int) -> State {
        switch self {
        case .lstm(let model): .lstm(model.fork(state.lstm, streams: streams))
        case .transformer(let model): .transformer(model.fork(state.transformer, streams: streams))
        }
    }

    package func select(_ streams: [Int], from state: State) -> State {
        switch self {
        case .lstm(let model): .lstm(model.select(streams, from: state.lstm))
        case .transformer(let model): .transformer(model.select(streams, from: state.transformer))
        }
    }

    package func join(_ states: [State]) -> State {
        switch self {
        case .lstm(let model): .lstm(model.join(states.map(\.lstm)))
        case .transformer(let model): .transformer(model.join(states.map(\.transformer)))
        }
    }
}

extension InferenceModel.State {
    fileprivate var lstm: LSTMInference.State {
        guard case .lstm(let own) = self else {
            preconditionFailure("a state belongs to the model that made it")
        }
        return own
    }

    fileprivate var transformer: TransformerInference.State {
        guard case .transformer(let own) = self else {
            preconditionFailure("a state belongs to the model that made it")
        }
        return own
    }
}
