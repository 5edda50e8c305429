/// How long a note lasts whose release the text lacks, and how far ahead to look for it.
package struct ReleaseRule: Hashable, Sendable {
    /// Length of a note without a release, in steps.
    package let defaultLength: Int
    /// The release, or the note's next strike, is looked for in so many tokens after the start.
    package let tokensAhead: Int
    /// Length of a note in texts that tell no lengths at all, in steps; nil for a quarter note.
    package let struckLength: Int?

    /// The lengths must be at least 1 and `tokensAhead` not negative.
    package init(defaultLength: Int, tokensAhead: Int, struckLength: Int? = nil) {
        precondition(
            defaultLength >= 1 && tokensAhead >= 0 && struckLength ?? 1 >= 1,
            "a note lasts at least one step")
        self.defaultLength = defaultLength
        self.tokensAhead = tokensAhead
        self.struckLength = struckLength
    }

    /// Clara's own: 12 steps, at most 200 tokens ahead. It shortens notes that are held through more
    /// than 200 tokens, even where the text releases them. A note of a chordwise text lasts two steps.
    package static let clara = ReleaseRule(defaultLength: 12, tokensAhead: 200, struckLength: 2)
    /// 12 steps only where there is no release at all; keeps every note that was encoded.
    package static let unlimited = ReleaseRule(defaultLength: 12, tokensAhead: .max)
}
