import Encodings
import Originality

/// Says of notes that might be struck next whether they are too much of something.
protocol StrikeRule: Sendable {
    /// Takes in notes that begin in a step.
    ///
    /// - Parameter pitches: MIDI note numbers, a bit each; 0 for none.
    mutating func add(_ pitches: UInt128, at step: Int)
    /// Time has come to a step.
    mutating func reach(_ step: Int)
    /// Whether these notes would be too much in this step, which has been reached.
    func isTooMuch(_ pitches: UInt128, at step: Int) -> Bool
}

extension RunFollower: StrikeRule {}

/// Keeps new music from what its rules hold to be too much, such as copying.
///
/// Where the grammar leaves nothing else to write, it goes on rather than that the music stops.
struct StrikeGuard: Sendable {
    private let pitches: StruckPitches
    private var rules: [any StrikeRule]

    init(_ rules: [any StrikeRule], pitches: StruckPitches) {
        self.pitches = pitches
        self.rules = rules
    }

    /// Takes note of a token that was chosen.
    ///
    /// - Parameters:
    ///   - step: where the token stands.
    ///   - next: where the next one does.
    mutating func advance(_ token: Int, at step: Int, next: Int) {
        for index in rules.indices {
            rules[index].add(pitches[token], at: step)
            rules[index].reach(next)
        }
    }

    /// Sets the logits of the tokens that would be too much to −infinity, and of those after which
    /// nothing else would be left, as after a velocity; unless these are all.
    ///
    /// - Parameter logits: those that `grammar` forbids are −infinity.
    func mask(_ logits: UnsafeMutableBufferPointer<Float>, after grammar: some MusicGrammar) {
        let tooMuch = logits.indices.filter {
            logits[$0] > -.infinity && isTooMuch($0, at: grammar.step)
        }
        guard !tooMuch.isEmpty else { return }
        let leading = logits.indices.filter {
            logits[$0] > -.infinity && pitches[$0] == 0
                && leavesNothingElse($0, after: grammar, words: logits.count)
        }
        let forbidden = tooMuch + leading
        guard forbidden.count < logits.count(where: { $0 > -.infinity }) else { return }
        for token in forbidden { logits[token] = -.infinity }
    }

    private func isTooMuch(_ token: Int, at step: Int) -> Bool {
        rules.contains { $0.isTooMuch(pitches[token], at: step) }
    }

    private func leavesNothingElse(
        _ token: Int, after grammar: some MusicGrammar, words: Int
    ) -> Bool {
        var next = grammar
        next.advance(token)
        guard next.step == grammar.step else { return false }
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: words) { allowed in
            next.fillMask(allowed)
            return !allowed.indices.contains { allowed[$0] && !isTooMuch($0, at: next.step) }
        }
    }
}
