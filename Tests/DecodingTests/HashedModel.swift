import Networks

/// A deterministic stand-in for a network: the logits are hashed from the stream's whole history.
struct HashedModel: NextTokenModel {
    var vocabularySize = 12
    /// A history of this many tokens gives the logits not-a-number.
    var failsAt: Int?

    /// Each stream's hash and number of tokens.
    struct State: Hashable {
        var hashes: [UInt64]
        var lengths: [Int]
    }

    func initialState(streams: Int) -> State {
        State(
            hashes: [UInt64](repeating: 1, count: streams),
            lengths: [Int](repeating: 0, count: streams))
    }

    func step(_ tokens: [Int], state: inout State, logits: inout [Float]) {
        precondition(tokens.count == state.hashes.count)
        logits.removeAll(keepingCapacity: true)
        for (stream, token) in tokens.enumerated() {
            state.hashes[stream] = Self.mix(state.hashes[stream] &* 31 &+ UInt64(token) &+ 1)
            state.lengths[stream] += 1
            for next in 0..<vocabularySize {
                let bits = Self.mix(state.hashes[stream] &+ UInt64(next) &* 0x9E37_79B9)
                let logit = Float(bits >> 40) * 0x1p-24 * 6 - 3
                logits.append(state.lengths[stream] == failsAt ? .nan : logit)
            }
        }
    }

    func read(_ prompt: [Int], state: inout State, logits: inout [Float]) {
        for token in prompt { step([token], state: &state, logits: &logits) }
    }

    func fork(_ state: State, streams: Int) -> State {
        select([Int](repeating: 0, count: streams), from: state)
    }

    func select(_ streams: [Int], from state: State) -> State {
        State(
            hashes: streams.map { state.hashes[$0] }, lengths: streams.map { state.lengths[$0] })
    }

    func join(_ states: [State]) -> State {
        State(hashes: states.flatMap(\.hashes), lengths: states.flatMap(\.lengths))
    }

    private static func mix(_ word: UInt64) -> UInt64 {
        var mixed = word &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
