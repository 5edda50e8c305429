/// What a network scores by its features at each place, and which tokens' logits get the scores, as the place's
/// contexts say: intervals from notes that were struck, intervals with those that sound, how frequent pitch
/// classes are, and guesses.
package struct ScoreLayout: Hashable, Sendable {
    package let intervals: IntervalLayout?
    package let harmony: HarmonyLayout?
    package let pitchClasses: PitchClassLayout?
    package let guesses: GuessLayout?

    /// Nil where there is nothing to score.
    package init?(
        intervals: IntervalLayout? = nil, harmony: HarmonyLayout? = nil,
        pitchClasses: PitchClassLayout? = nil, guesses: GuessLayout? = nil
    ) {
        guard intervals != nil || harmony != nil || pitchClasses != nil || guesses != nil else {
            return nil
        }
        self.intervals = intervals
        self.harmony = harmony
        self.pitchClasses = pitchClasses
        self.guesses = guesses
    }

    private var firstHarmony: Int { intervals?.width ?? 0 }

    private var firstPitchClass: Int { firstHarmony + (harmony?.width ?? 0) }

    private var firstGuess: Int { firstPitchClass + (pitchClasses?.width ?? 0) }

    /// How many scores there are at a place: those of intervals, of harmony, of pitch classes, of guesses.
    package var width: Int { firstGuess + (guesses?.width ?? 0) }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        intervals?.fits(vocabulary: vocabulary, contexts: contexts) ?? true
            && harmony?.fits(vocabulary: vocabulary, contexts: contexts) ?? true
            && pitchClasses?.fits(vocabulary: vocabulary, contexts: contexts) ?? true
            && guesses?.fits(vocabulary: vocabulary, contexts: contexts) ?? true
    }

    /// Calls `body` for each span of a place's scores that belongs to tokens: with where it begins among the
    /// scores, its first token, and how many tokens there are.
    package func forEachSpan(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int, _ token: Int, _ count: Int) -> Void
    ) {
        if let intervals {
            intervals.forEachSpan(contexts) { body($0, $1, intervals.notes) }
        }
        if let harmony {
            harmony.forEachSpan(contexts) { body(firstHarmony + $0, $1, harmony.notes) }
        }
        pitchClasses?.forEachNote(contexts) { body(firstPitchClass + $0, $1, 1) }
        guesses?.forEachGuess(contexts) { body(firstGuess + $0, $1, 1) }
    }
}
