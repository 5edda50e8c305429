import Networks

/// One of several streams that are written for a take, and how well it fits what is given.
struct Particle<Model: NextTokenModel, Constraint: TokenConstraint> {
    private(set) var stream: WritingStream<Constraint>
    private var state: Model.State
    /// What the model says of the next token, (V); masked once it is chosen.
    private var logits: [Float]
    /// The logarithm of its weight.
    var weight = 0.0

    init(
        _ stream: WritingStream<Constraint>, branch: Int, state: Model.State, logits: [Float],
        of model: Model
    ) {
        self.stream = stream
        self.stream.branch(branch)
        self.state = model.fork(state, streams: 1)
        self.logits = logits
    }

    /// A copy that goes on with random numbers of its own.
    func branched(_ branch: Int, of model: Model) -> Particle {
        var copy = Particle(stream, branch: branch, state: state, logits: logits, of: model)
        copy.weight = weight
        return copy
    }

    /// Writes until so many given tokens have come, or to the end.
    mutating func advance(
        toGiven count: Int, _ model: Model, tokenLimit: Int, sampler: inout Sampler
    ) throws(GenerationError) {
        while stream.end == nil, stream.constraint.given < count {
            guard !stream.constraint.isFinished else { return stream.end = .finished }
            guard stream.tokens.count < tokenLimit else { return stream.end = .tokenLimit }
            let said = logits
            guard let token = try choose(with: &sampler) else {
                return stream.end = .nothingAllowed
            }
            // What stands for other tokens too has been drawn more often than the model would.
            weight += Double(said[token] - logits[token])
            model.step([token], state: &state, logits: &logits)
        }
    }

    private mutating func choose(with sampler: inout Sampler) throws(GenerationError) -> Int? {
        try logits.withUnsafeMutableBufferPointer { (logits) throws(GenerationError) in
            try stream.choose(from: logits, with: &sampler)?.token
        }
    }

    mutating func cancel() { stream.end = .cancelled }
}
