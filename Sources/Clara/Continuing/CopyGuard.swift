import Originality

/// Keeps new music from copying: no exact run of it gets longer than a phrase.
///
/// Where nothing else is left to write, copying goes on rather than that the music stops.
struct CopyGuard: Sendable {
    private let pitches: StruckPitches
    private var follower: RunFollower

    init(against table: PassageTable, pitches: StruckPitches) {
        self.pitches = pitches
        follower = RunFollower(table, limit: SharedRun.phrase)
    }

    /// Takes note of a token that was chosen.
    ///
    /// - Parameters:
    ///   - step: where the token stands.
    ///   - next: where the next one does.
    mutating func advance(_ token: Int, at step: Int, next: Int) {
        follower.add(pitches[token], at: step)
        follower.reach(next)
    }

    /// Sets the logits of the tokens that would copy too much to −infinity, unless these are all.
    func mask(_ logits: UnsafeMutableBufferPointer<Float>, at step: Int) {
        var isOtherLeft = false
        var copying: [Int] = []
        for token in logits.indices where logits[token] > -.infinity {
            if follower.isTooMuch(pitches[token], at: step) {
                copying.append(token)
            } else {
                isOtherLeft = true
            }
        }
        guard isOtherLeft else { return }
        for token in copying { logits[token] = -.infinity }
    }
}
