import Encodings
import Originality

/// Keeps new music from copying: no exact run of it gets longer than a phrase.
///
/// Where the grammar leaves nothing else to write, copying goes on rather than that the music stops.
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

    /// Sets the logits of the tokens that would copy too much to −infinity, and of those after which
    /// nothing but copying would be left, as after a velocity; unless these are all.
    ///
    /// - Parameter logits: those that `grammar` forbids are −infinity.
    func mask(_ logits: UnsafeMutableBufferPointer<Float>, after grammar: some MusicGrammar) {
        let copying = logits.indices.filter {
            logits[$0] > -.infinity && copies($0, at: grammar.step)
        }
        guard !copying.isEmpty else { return }
        let leading = logits.indices.filter {
            logits[$0] > -.infinity && pitches[$0] == 0
                && leavesNothingElse($0, after: grammar, words: logits.count)
        }
        let forbidden = copying + leading
        guard forbidden.count < logits.count(where: { $0 > -.infinity }) else { return }
        for token in forbidden { logits[token] = -.infinity }
    }

    private func copies(_ token: Int, at step: Int) -> Bool {
        follower.isTooMuch(pitches[token], at: step)
    }

    private func leavesNothingElse(
        _ token: Int, after grammar: some MusicGrammar, words: Int
    ) -> Bool {
        var next = grammar
        next.advance(token)
        guard next.step == grammar.step else { return false }
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: words) { allowed in
            next.fillMask(allowed)
            return !allowed.indices.contains { allowed[$0] && !copies($0, at: next.step) }
        }
    }
}
