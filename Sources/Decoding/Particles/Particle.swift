import Networks

/// One of several streams that are written for a take, and how well it fits what is given.
struct Particle<Model: NextTokenModel, Constraint: TokenConstraint> {
    private(set) var stream: WritingStream<Constraint>
    /// Its own, one stream's; nil while a batch has it.
    private var state: Model.State?
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
        guard let state else { preconditionFailure("a batch has its state") }
        var copy = Particle(stream, branch: branch, state: state, logits: logits, of: model)
        copy.weight = weight
        return copy
    }

    /// Hands its state over to a batch, which then need not copy what it changes.
    mutating func handOver() -> Model.State {
        guard let state = state.take() else { preconditionFailure("a batch has its state") }
        return state
    }

    mutating func takeBack(_ state: Model.State) { self.state = state }

    /// Chooses its next token; nil where it has come to so many given ones, or to its end.
    mutating func choose(
        toGiven count: Int, tokenLimit: Int, with sampler: inout Sampler
    ) throws(GenerationError) -> Int? {
        guard stream.end == nil, stream.constraint.given < count else { return nil }
        if stream.constraint.isFinished {
            end(as: .finished)
        } else if stream.tokens.count >= tokenLimit {
            end(as: .tokenLimit)
        } else {
            let said = logits
            if let token = try choose(with: &sampler) {
                // What stands for other tokens too has been drawn more often than the model would.
                weight += Double(said[token] - logits[token])
                return token
            }
            end(as: .nothingAllowed)
        }
        return nil
    }

    private mutating func choose(with sampler: inout Sampler) throws(GenerationError) -> Int? {
        try logits.withUnsafeMutableBufferPointer { (logits) throws(GenerationError) in
            try stream.choose(from: logits, with: &sampler)?.token
        }
    }

    /// One that got stuck is no take while another did not.
    private mutating func end(as end: GeneratedStream.End) {
        stream.end = end
        if end != .finished { weight = -.infinity }
    }

    /// Takes in what the model says after its newest token.
    mutating func hear(_ said: some Sequence<Float>) {
        logits.removeAll(keepingCapacity: true)
        logits.append(contentsOf: said)
    }

    mutating func cancel() { stream.end = .cancelled }
}
