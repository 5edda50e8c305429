/// The sizes of an LSTM language model with tied embedding and output (AWD-LSTM's shape, Merity et
/// al. 2018): the last layer is as wide as the embedding, whose matrix gives the logits too.
package struct LSTMConfiguration: Hashable, Sendable, Codable {
    /// V, the number of token ids.
    package let vocabulary: Int
    /// E, the width of the embedding and of the last layer.
    package let embedding: Int
    /// H, the width of the layers before the last.
    package let hidden: Int
    /// L, how many LSTM layers.
    package let layers: Int
    /// How many context ids there are, whose embeddings are added to the tokens'; 0 for a network
    /// that sees tokens only. See `StreamContext`.
    package let contexts: Int
    /// Whether the contexts also add to the logits by weights of their own, past the layers: a
    /// maximum-entropy model beside the network (Mikolov et al. 2011). For scoring only; models that
    /// generate have no such weights.
    package let contextOutput: Bool
    /// What features score besides the tokens; nil where there is nothing.
    package let scores: ScoreLayout?

    /// Throws when a size is outside what a network can have (each at least 1; at most 65,536 ids,
    /// 8,192 wide, 16 deep), or where it scores notes or guesses that are not among its tokens and
    /// contexts.
    package init(
        vocabulary: Int, embedding: Int, hidden: Int, layers: Int, contexts: Int = 0,
        contextOutput: Bool = false, scores: ScoreLayout? = nil
    ) throws(InvalidSize) {
        try InvalidSize.check(
            [
                ("vocabulary", vocabulary, 65_536), ("embedding", embedding, 8_192),
                ("hidden", hidden, 8_192), ("layers", layers, 16),
            ], contexts: contexts)
        if let scores, !scores.fits(vocabulary: vocabulary, contexts: contexts) {
            throw .scoresWithoutRoom
        }
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.hidden = hidden
        self.layers = layers
        self.contexts = contexts
        self.contextOutput = contextOutput && contexts > 0
        self.scores = scores
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            vocabulary: values.decode(Int.self, forKey: .vocabulary),
            embedding: values.decode(Int.self, forKey: .embedding),
            hidden: values.decode(Int.self, forKey: .hidden),
            layers: values.decode(Int.self, forKey: .layers),
            contexts: values.decode(Int.self, forKey: .contexts),
            // Models of earlier versions do not say.
            contextOutput: values.decodeIfPresent(Bool.self, forKey: .contextOutput) ?? false,
            scores: ScoreLayout(
                intervals: values.decodeIfPresent(IntervalLayout.self, forKey: .intervals),
                harmony: values.decodeIfPresent(HarmonyLayout.self, forKey: .harmony),
                pitchClasses: values.decodeIfPresent(PitchClassLayout.self, forKey: .pitchClasses),
                guesses: values.decodeIfPresent(GuessLayout.self, forKey: .guesses)))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(vocabulary, forKey: .vocabulary)
        try values.encode(embedding, forKey: .embedding)
        try values.encode(hidden, forKey: .hidden)
        try values.encode(layers, forKey: .layers)
        try values.encode(contexts, forKey: .contexts)
        try values.encode(contextOutput, forKey: .contextOutput)
        try values.encodeIfPresent(scores?.intervals, forKey: .intervals)
        try values.encodeIfPresent(scores?.harmony, forKey: .harmony)
        try values.encodeIfPresent(scores?.pitchClasses, forKey: .pitchClasses)
        try values.encodeIfPresent(scores?.guesses, forKey: .guesses)
    }

    private enum CodingKeys: CodingKey {
        case vocabulary, embedding, hidden, layers, contexts, contextOutput
        case intervals, harmony, pitchClasses, guesses
    }

    /// Width of the input of layer `layer`, counted from 0.
    package func inputWidth(ofLayer layer: Int) -> Int { layer == 0 ? embedding : hidden }

    /// Width of the output of layer `layer`.
    package func outputWidth(ofLayer layer: Int) -> Int { layer == layers - 1 ? embedding : hidden }

    /// Where in `shapes` the output's bias stands, and behind it the contexts' embedding.
    var outputBiasIndex: Int { 1 + 3 * layers }

    /// Names and shapes of the weights, PyTorch's layout: gates in the order i, f, g, o.
    package var shapes: [(name: String, shape: [Int])] {
        var shapes = [(name: "embedding.weight", shape: [vocabulary, embedding])]
        for layer in 0..<layers {
            let output = outputWidth(ofLayer: layer)
            shapes.append(("lstm.\(layer).weight_ih", [4 * output, inputWidth(ofLayer: layer)]))
            shapes.append(("lstm.\(layer).weight_hh", [4 * output, output]))
            shapes.append(("lstm.\(layer).bias", [4 * output]))
        }
        shapes.append(("output.bias", [vocabulary]))
        if contexts > 0 { shapes.append(("context.weight", [contexts, embedding])) }
        if contextOutput { shapes.append(("context.output", [contexts, vocabulary])) }
        if let scores { shapes.append(("score.output", [scores.width, embedding])) }
        return shapes
    }
}
