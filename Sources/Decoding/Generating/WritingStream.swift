import Tensors

/// One stream while it is written.
struct WritingStream<Constraint: TokenConstraint> {
    let number: Int
    private(set) var constraint: Constraint
    private var repetition: RepetitionControl
    private(set) var tokens: [Int] = []
    private var generator: SeededGenerator
    private var logProbability = 0.0
    var end: GeneratedStream.End?

    init(number: Int, seed: UInt64, constraint: Constraint, repetition: RepetitionControl) {
        precondition(number >= 0, "streams are numbered from 0")
        self.number = number
        self.constraint = constraint
        self.repetition = repetition
        generator = SeededGenerator(seed: seed, stream: UInt64(number))
    }

    /// Goes on with other random numbers than its copies.
    mutating func branch(_ number: Int) {
        generator = SeededGenerator(seed: generator.next(), stream: UInt64(number))
    }

    /// What was written; nil before the stream has ended.
    var result: GeneratedStream? {
        end.map {
            GeneratedStream(
                number: number, tokens: tokens, logProbability: logProbability, end: $0)
        }
    }

    /// Masks the logits, (V), and takes a token; nil when none is allowed.
    mutating func choose(
        from logits: UnsafeMutableBufferPointer<Float>, with sampler: inout Sampler
    ) throws(GenerationError) -> Sampler.Choice? {
        constraint.mask(logits)
        let choice: Sampler.Choice?
        do {
            choice = try sampler.sample(
                from: UnsafeBufferPointer(logits), repetition: repetition, using: &generator)
        } catch {
            throw GenerationError(stream: number, position: tokens.count, cause: error)
        }
        guard let choice else { return nil }
        tokens.append(choice.token)
        logProbability += Double(choice.logProbability)
        constraint.advance(choice.token)
        repetition.advance(choice.token)
        return choice
    }
}
