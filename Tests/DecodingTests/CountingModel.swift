import Networks
import Synchronization

/// A model that counts the tokens of the prompts that it reads.
final class CountingModel: NextTokenModel {
    typealias State = HashedModel.State

    private let base: HashedModel
    private let count = Atomic(0)

    init(_ base: HashedModel) { self.base = base }

    var tokensRead: Int { count.load(ordering: .relaxed) }
    var vocabularySize: Int { base.vocabularySize }

    func initialState(streams: Int) -> State { base.initialState(streams: streams) }

    func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        base.step(tokens, state: &state, logits: &logits)
    }

    func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        count.add(prompt.count, ordering: .relaxed)
        base.read(prompt, state: &state, logits: &logits)
    }

    func fork(_ state: State, streams: Int) -> State { base.fork(state, streams: streams) }

    func select(_ streams: [Int], from state: State) -> State {
        base.select(streams, from: state)
    }

    func join(_ states: [State]) -> State { base.join(states) }
}
