import Tensors

/// Which network, with its sizes; in a model's file as JSON with a `kind`.
package enum NetworkConfiguration: Hashable, Sendable {
    case lstm(LSTMConfiguration)
    case transformer(TransformerConfiguration)

    /// V, the number of token ids.
    package var vocabulary: Int {
        switch self {
        case .lstm(let lstm): lstm.vocabulary
        case .transformer(let transformer): transformer.vocabulary
        }
    }

    /// E, the width of the embedding and of the features.
    package var embedding: Int {
        switch self {
        case .lstm(let lstm): lstm.embedding
        case .transformer(let transformer): transformer.embedding
        }
    }

    /// How many context ids there are; 0 for a network that sees tokens only. See `StreamContext`.
    package var contexts: Int {
        switch self {
        case .lstm(let lstm): lstm.contexts
        case .transformer(let transformer): transformer.contexts
        }
    }

    /// Whether the contexts add to the logits by weights of their own, `context.output`.
    package var contextOutput: Bool {
        switch self {
        case .lstm(let lstm): lstm.contextOutput
        case .transformer: false
        }
    }

    /// What it scores besides the tokens, by weights of their own, `score.output`.
    package var scores: ScoreLayout? {
        switch self {
        case .lstm(let lstm): lstm.scores
        case .transformer: nil
        }
    }

    /// Those of the weights that turn features into logits, the embedding aside.
    static let outputWeights: Set = ["output.bias", "context.output", "score.output"]

    /// Names and shapes of all weights: `embedding.weight` first, the encoder's, `output.bias`,
    /// `context.weight` where there are contexts, `context.output` where they add to the logits, and
    /// `score.output` where scores do.
    package var shapes: [(name: String, shape: [Int])] {
        switch self {
        case .lstm(let lstm): lstm.shapes
        case .transformer(let transformer): transformer.shapes
        }
    }

    /// Random weights to start training from.
    ///
    /// - Parameter embeddingRange: of an LSTM's embeddings; its own if nil.
    package func randomWeights(seed: UInt64, embeddingRange: Float? = nil) -> ParameterSet {
        switch self {
        case .lstm(let lstm):
            lstm.randomWeights(
                seed: seed, embeddingRange: embeddingRange ?? LSTMConfiguration.embeddingRange)
        case .transformer(let transformer): transformer.randomWeights(seed: seed)
        }
    }

    /// The network's body over `weights`, whose gradients it adds to `gradients`.
    package func makeEncoder(
        weights: ParameterSet, gradients: ParameterSet, steps: Int, streams: Int,
        regularisation: Regularisation, team: ThreadTeam
    ) -> any SequenceEncoder {
        switch self {
        case .lstm(let lstm):
            LSTMEncoder(
                configuration: lstm, weights: weights, gradients: gradients, steps: steps,
                streams: streams, regularisation: regularisation, team: team)
        case .transformer(let transformer):
            TransformerEncoder(
                configuration: transformer, weights: weights, gradients: gradients, steps: steps,
                streams: streams, regularisation: regularisation, team: team)
        }
    }
}

extension NetworkConfiguration: Codable {
    private enum Kind: String, Codable {
        case lstm, transformer
    }

    private enum CodingKeys: CodingKey {
        case kind
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .lstm: self = .lstm(try LSTMConfiguration(from: decoder))
        case .transformer: self = .transformer(try TransformerConfiguration(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .lstm(let lstm):
            try values.encode(Kind.lstm, forKey: .kind)
            try lstm.encode(to: encoder)
        case .transformer(let transformer):
            try values.encode(Kind.transformer, forKey: .kind)
            try transformer.encode(to: encoder)
        }
    }
}
