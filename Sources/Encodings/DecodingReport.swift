/// What decoding had to assume or ignore. All zero for a text that `encode` wrote, except for notes
/// whose release lies beyond the rule's look-ahead.
package struct DecodingReport: Hashable, Sendable {
    /// Notes whose length is the rule's, because no release was found.
    package var unreleasedNotes = 0
    /// Releases ignored, because no note that they could end was sounding.
    package var unmatchedReleases = 0
    /// Starts ignored, because the same note had started in the same step.
    package var repeatedStarts = 0

    package init() {}

    /// One sentence for each kind, for people; empty when the text was whole.
    package var repairs: [String] {
        [
            (unreleasedNotes, "without a release", "note", "given the default length"),
            (unmatchedReleases, "without a note", "release", "ignored"),
            (repeatedStarts, "in one step", "repeated start", "ignored"),
        ].compactMap { count, which, noun, what in
            count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s") \(which) \(what)"
        }
    }
}

/// How long a note lasts whose release the text lacks, and how far ahead to look for it.
package struct ReleaseRule: Hashable, Sendable {
    /// Length of a note without a release, in steps.
    package let defaultLength: Int
    /// The release, or the note's next strike, is looked for in so many tokens after the start.
    package let tokensAhead: Int

    /// `defaultLength` must be at least 1 and `tokensAhead` not negative.
    package init(defaultLength: Int, tokensAhead: Int) {
        precondition(defaultLength >= 1 && tokensAhead >= 0, "a note lasts at least one step")
        self.defaultLength = defaultLength
        self.tokensAhead = tokensAhead
    }

    /// Clara's own: 12 steps, at most 200 tokens ahead. It shortens notes that are held through more
    /// than 200 tokens, even where the text releases them.
    package static let clara = ReleaseRule(defaultLength: 12, tokensAhead: 200)
    /// 12 steps only where there is no release at all; keeps every note that was encoded.
    package static let unlimited = ReleaseRule(defaultLength: 12, tokensAhead: .max)
}
