/// A model that predicts the next token of several streams at once.
///
/// Decoding drives it without knowing what kind of network it is. Token ids are below
/// `vocabularySize`. Logits are unnormalised log-probabilities of the next token. A stream's logits
/// should depend on its own tokens only, not on which other streams share its batch; then takes are
/// the same whatever the number of takes.
package protocol NextTokenModel: Sendable {
    /// The recurrent state of a batch of streams: a value, forked by copying.
    associatedtype State

    /// The number of token ids, V.
    var vocabularySize: Int { get }

    /// The state of `streams` streams that have read nothing.
    func initialState(streams: Int) -> State

    /// Feeds one token to each of the B streams of `state`.
    ///
    /// - Parameters:
    ///   - tokens: one id for each stream, (B).
    ///   - state: the batch's state, advanced by one token.
    ///   - logits: overwritten with the next token's logits, (B, V), row-major. Only its count may
    ///     have to change; a caller that passes the same array again sees no allocation.
    func step(_ tokens: [Int], state: inout State, logits: inout [Float])

    /// Feeds a whole prompt to a one-stream state.
    ///
    /// - Parameters:
    ///   - prompt: at least one id.
    ///   - state: the state of one stream.
    ///   - logits: overwritten with the logits after the prompt's last token, (V).
    func read(_ prompt: [Int], state: inout State, logits: inout [Float])

    /// `streams` copies of a one-stream state as one batch.
    func fork(_ state: State, streams: Int) -> State

    /// The batch of the given streams only, in the given order: finished streams leave, and beam
    /// search repeats the streams that it follows.
    func select(_ streams: [Int], from state: State) -> State

    /// The streams of several batches, at least one, as one batch, in their order. They need not have read equally
    /// many tokens.
    func join(_ states: [State]) -> State
}
