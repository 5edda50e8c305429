import Networks

/// Looks for the likeliest continuations of a prompt, with no randomness at all.
///
/// At each token the search has some beginnings, the beams; it looks at the likeliest next tokens of
/// each, and of all these longer beginnings it keeps the likeliest. With three beams and three
/// expansions it is the search that Clara's author described; with one beam it is greedy; with beams
/// and expansions for every sequence it finds the likeliest of all.
///
/// - Beams that end are kept apart, each in a place that is then no longer searched from, and ranked
///   by log-probability / length^A, as the sum alone would favour whatever takes few tokens. (Wu et
///   al., "Google's Neural Machine Translation System", 2016, use (5 + length)^A / 6^A, which is much
///   the same for some hundred tokens.)
/// - Several groups search at once, each at each token after the ones before it and kept from what
///   they chose there by a penalty: diverse beam search with Hamming distance (Vijayakumar et al.,
///   "Diverse Beam Search", 2016). Within one group, beams differ little.
/// - Beams of the same number of tokens are compared with each other, although some may have got
///   further in the music.
package struct BeamSearch<Model: NextTokenModel>: Sendable {
    package let model: Model
    package let settings: BeamSettings
    /// The most tokens that a beam may get.
    package let tokenLimit: Int

    package init(model: Model, settings: BeamSettings, tokenLimit: Int) {
        precondition(tokenLimit >= 0, "a token limit is at least 0")
        self.model = model
        self.settings = settings
        self.tokenLimit = tokenLimit
    }

    /// Follows the beams to their ends.
    ///
    /// - Parameters:
    ///   - constraint: the rules as they stand after the prompt; each beam goes on with a copy.
    ///   - report: receives, after each token, the constraint of the first group's best beam.
    ///   - isCancelled: asked before each token; beams that are cut short end as
    ///     ``GeneratedStream/End/cancelled``.
    /// - Returns: as many beams as there are, up to the settings' number: the best one of each group,
    ///   best first, then the others, best first. Within a group no two are the same.
    /// - Throws: when a logit is not a number or +infinity.
    package func search<Constraint: TokenConstraint>(
        after prompt: ReadPrompt<Model>, constraint: Constraint,
        report: (Constraint) -> Void = { _ in },
        isCancelled: () -> Bool = { Task.isCancelled }
    ) throws(GenerationError) -> [FoundBeam] {
        var front = BeamFront(
            settings, tokenLimit: tokenLimit, vocabularySize: model.vocabularySize,
            first: Beam(
                constraint: constraint,
                repetition: RepetitionControl(settings.repetition, history: prompt.tokens)))
        var state = prompt.state
        var logits = prompt.logits
        while front.isSearching {
            guard !isCancelled() else {
                front.cancel()
                break
            }
            try front.advance(logits: &logits)
            if let leader = front.leader { report(leader.constraint) }
            guard front.isSearching else { break }
            if let parents = front.renumberRows() {
                state = model.select(parents, from: state)
            }
            model.step(front.newestTokens, state: &state, logits: &logits)
        }
        return front.found
    }
}
