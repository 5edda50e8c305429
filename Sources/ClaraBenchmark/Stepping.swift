import Networks

/// A model with the state that its steps change; the tokens do not depend on what it says.
final class Stepping<Model: NextTokenModel> {
    private let model: Model
    private let tokens: [Int]
    private var state: Model.State
    private var logits: [Float] = []

    init(_ model: Model, streams: Int = 1) {
        self.model = model
        tokens = Array(repeating: 1, count: streams)
        state = model.initialState(streams: streams)
    }

    /// One stream that goes on from where `other`'s is.
    init(continuing other: Stepping) {
        model = other.model
        tokens = [1]
        state = model.fork(other.state, streams: 1)
    }

    func step() { model.step(tokens, state: &state, logits: &logits) }

    func steps(_ count: Int) {
        for _ in 0..<count { step() }
    }
}
