import Foundation
import Networks
import Tensors

/// The particles of one take, all after the same given token.
struct ParticleCloud<Model: NextTokenModel, Constraint: TokenConstraint> {
    private var particles: [Particle<Model, Constraint>]
    private var generator: SeededGenerator
    /// How many given tokens all have.
    private var given = 0

    init(_ particles: [Particle<Model, Constraint>], generator: SeededGenerator) {
        self.particles = particles
        self.generator = generator
    }

    var isEnded: Bool { particles.allSatisfy { $0.stream.end != nil } }

    var leader: Constraint { particles[0].stream.constraint }

    /// Writes all to the next given token, or to their ends, and draws anew where few have all the weight.
    mutating func advance(
        _ model: Model, tokenLimit: Int, sampler: inout Sampler
    ) throws(GenerationError) {
        given += 1
        try write(model, tokenLimit: tokenLimit, sampler: &sampler)
        let shares = shares
        // The effective sample size.
        let effective = 1 / shares.reduce(0) { $0 + $1 * $1 }
        if effective < Double(particles.count) / 2 { drawAnew(shares, of: model) }
    }

    /// Writes all to so many given tokens, or to their ends: as one batch, which those leave that have come there.
    private mutating func write(
        _ model: Model, tokenLimit: Int, sampler: inout Sampler
    ) throws(GenerationError) {
        var rows = particles.indices.filter { particles[$0].stream.end == nil }
        var state = model.join(rows.map { particles[$0].handOver() })
        var logits: [Float] = []
        while true {
            var (staying, tokens): ([Int], [Int]) = ([], [])
            for (row, index) in rows.enumerated() {
                let token = try particles[index].choose(
                    toGiven: given, tokenLimit: tokenLimit, with: &sampler)
                if let token {
                    staying.append(row)
                    tokens.append(token)
                } else {
                    particles[index].takeBack(model.select([row], from: state))
                }
            }
            guard !staying.isEmpty else { return }
            if staying.count < rows.count {
                state = model.select(staying, from: state)
                rows = staying.map { rows[$0] }
            }
            model.step(tokens, state: &state, logits: &logits)
            for (row, index) in rows.enumerated() {
                particles[index].hear(
                    logits[row * model.vocabularySize..<(row + 1) * model.vocabularySize])
            }
        }
    }

    /// The particles' weights, summing up to 1.
    private var shares: [Double] {
        let highest = particles.map(\.weight).max() ?? 0
        guard highest > -.infinity else {
            return Array(repeating: 1 / Double(particles.count), count: particles.count)
        }
        let weights = particles.map { exp($0.weight - highest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// Systematic resampling: evenly spaced places in the line of shares.
    private mutating func drawAnew(_ shares: [Double], of model: Model) {
        let count = Double(particles.count)
        let offset = Double(generator.uniform())
        var (source, end) = (0, shares[0])
        particles = particles.indices.map { place in
            while end <= (Double(place) + offset) / count, source < shares.count - 1 {
                source += 1
                end += shares[source]
            }
            var copy = particles[source].branched(place, of: model)
            copy.weight = 0
            return copy
        }
    }

    /// One of the ended particles, drawn by weight.
    var choice: GeneratedStream {
        var generator = generator
        var rest = Double(generator.uniform())
        for (particle, share) in zip(particles, shares) {
            rest -= share
            if share > 0, rest <= 0, let result = particle.stream.result { return result }
        }
        guard let last = particles.last?.stream.result else {
            preconditionFailure("all particles have ended")
        }
        return last
    }

    var cancelled: GeneratedStream {
        var first = particles[0]
        first.cancel()
        guard let result = first.stream.result else { preconditionFailure("it has ended") }
        return result
    }
}
