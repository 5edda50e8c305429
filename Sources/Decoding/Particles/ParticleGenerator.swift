import Foundation
import Networks
import Tensors

/// Continues a prompt where part of what follows is given: sequential Monte Carlo.
///
/// Of each stream several particles are written side by side. A particle that has come to a given token weighs the
/// more the likelier the model held that token after what the particle has written; where the weights have become
/// too uneven, particles are drawn anew by them. What is written so fits what comes after it, and not only what
/// came before. (Doucet and Johansen 2009; steering language models so: Lew et al. 2023.)
///
/// What a stream writes depends on the model, the prompt, the settings and the stream's number only.
package struct ParticleGenerator<Model: NextTokenModel>: Sendable {
    package let model: Model
    package let settings: SamplingSettings
    /// The most tokens that a stream may get.
    package let tokenLimit: Int
    /// How many are written for each stream.
    package let particles: Int

    package init(model: Model, settings: SamplingSettings, tokenLimit: Int, particles: Int) {
        precondition(tokenLimit >= 0 && particles > 0, "a stream has particles and a limit")
        self.model = model
        self.settings = settings
        self.tokenLimit = tokenLimit
        self.particles = particles
    }

    /// Writes a stream to its end.
    ///
    /// - Parameters:
    ///   - number: decides the random numbers.
    ///   - constraint: the rules as they stand after the prompt.
    ///   - report: receives the first particle's rules at each given token.
    ///   - isCancelled: asked at each given token; a stream that is cut short ends as
    ///     ``GeneratedStream/End/cancelled``.
    /// - Throws: when a logit is not a number or +infinity.
    package func generate<Constraint: TokenConstraint>(
        stream number: Int, after prompt: ReadPrompt<Model>, constraint: Constraint,
        report: (Constraint) -> Void = { _ in }, isCancelled: () -> Bool = { Task.isCancelled }
    ) throws(GenerationError) -> GeneratedStream {
        let first = WritingStream(
            number: number, seed: 0, constraint: constraint,
            repetition: RepetitionControl(settings.repetition, history: prompt.tokens))
        var sampler = Sampler(settings)
        var cloud = ParticleCloud(
            (0..<particles).map {
                Particle(first, branch: $0, state: prompt.state, logits: prompt.logits, of: model)
            }, generator: SeededGenerator(seed: 1, stream: UInt64(number)))
        while !cloud.isEnded {
            guard !isCancelled() else { return cloud.cancelled }
            try cloud.advance(model, tokenLimit: tokenLimit, sampler: &sampler)
            report(cloud.leader)
        }
        return cloud.choice
    }
}
