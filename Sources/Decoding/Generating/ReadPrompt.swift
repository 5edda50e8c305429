import Networks

/// A prompt that a model has read: as many continuations as wanted start from it, at any time,
/// without reading it again.
package struct ReadPrompt<Model: NextTokenModel> {
    package let tokens: [Int]
    /// One stream's state after the prompt.
    package let state: Model.State
    /// The logits of the token after the prompt, (V).
    package let logits: [Float]

    /// Feeds `tokens`, at least one, to the model.
    package init(_ tokens: [Int], by model: Model) {
        precondition(!tokens.isEmpty, "a prompt has at least one token")
        var state = model.initialState(streams: 1)
        var logits = [Float](repeating: 0, count: model.vocabularySize)
        model.read(tokens, state: &state, logits: &logits)
        self.init(tokens: tokens, state: state, logits: logits)
    }

    private init(tokens: [Int], state: Model.State, logits: [Float]) {
        self.tokens = tokens
        self.state = state
        self.logits = logits
    }

    /// This prompt and `more` tokens, at least one, of which only those are read.
    func reading(_ more: ArraySlice<Int>, by model: Model) -> ReadPrompt {
        var state = model.fork(state, streams: 1)
        var logits = logits
        model.read(Array(more), state: &state, logits: &logits)
        return ReadPrompt(tokens: tokens + more, state: state, logits: logits)
    }
}

extension ReadPrompt: Sendable where Model.State: Sendable {}
