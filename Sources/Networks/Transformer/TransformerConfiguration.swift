/// The sizes of a Transformer language model: decoder only, with the norms before its sublayers
/// (Vaswani et al. 2017; Xiong et al. 2020), GELU, rotary positions (Su et al. 2021), attention that
/// reaches a fixed number of places back, and tied embedding and output.
package struct TransformerConfiguration: Hashable, Sendable, Codable {
    /// V, the number of token ids.
    package let vocabulary: Int
    /// E, the width of the embedding and of every layer's input and output.
    package let embedding: Int
    /// L, how many layers, each attention and a feed-forward network.
    package let layers: Int
    /// H, attention heads of a layer; each is E/H wide, an even number.
    package let heads: Int
    /// F, the width inside the feed-forward networks.
    package let feedForward: Int
    /// W: a place attends to itself and the W − 1 places before it.
    package let window: Int
    /// How many context ids there are, whose embeddings are added to the tokens'; 0 for a network
    /// that sees tokens only. See `StreamContext`.
    package let contexts: Int

    /// Throws when a size is outside what a network can have, or the heads do not divide the width
    /// into even parts of at most 256.
    package init(
        vocabulary: Int, embedding: Int, layers: Int, heads: Int, feedForward: Int, window: Int,
        contexts: Int = 0
    ) throws(InvalidSize) {
        try InvalidSize.check(
            [
                ("vocabulary", vocabulary, 65_536), ("embedding", embedding, 8_192),
                ("layers", layers, 64), ("heads", heads, 128),
                ("feed-forward", feedForward, 32_768), ("window", window, 65_536),
            ], contexts: contexts)
        guard embedding % (2 * heads) == 0, embedding / heads <= 256 else {
            throw InvalidSize(
                name: "embedding", value: embedding,
                legal: "\(heads) heads of an even width of at most 256")
        }
        self.vocabulary = vocabulary
        self.embedding = embedding
        self.layers = layers
        self.heads = heads
        self.feedForward = feedForward
        self.window = window
        self.contexts = contexts
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            vocabulary: values.decode(Int.self, forKey: .vocabulary),
            embedding: values.decode(Int.self, forKey: .embedding),
            layers: values.decode(Int.self, forKey: .layers),
            heads: values.decode(Int.self, forKey: .heads),
            feedForward: values.decode(Int.self, forKey: .feedForward),
            window: values.decode(Int.self, forKey: .window),
            contexts: values.decode(Int.self, forKey: .contexts))
    }

    /// d, the width of a head.
    package var head: Int { embedding / heads }
}

extension TransformerConfiguration {
    /// Added to a variance before its root is taken, as PyTorch's default.
    package static let normEpsilon: Float = 1e-5

    /// The longest of a head's wavelengths is near 2π times this (Su et al. 2021).
    package static let rotaryBase = 10_000.0

    /// Names and shapes of the weights of layer `layer`: those of PyTorch's
    /// `TransformerEncoderLayer`, the projections of queries, keys and values one below the other.
    package func shapes(ofLayer layer: Int) -> [(name: String, shape: [Int])] {
        let shapes = [
            ("norm1.weight", [embedding]), ("norm1.bias", [embedding]),
            ("self_attn.in_proj_weight", [3 * embedding, embedding]),
            ("self_attn.in_proj_bias", [3 * embedding]),
            ("self_attn.out_proj.weight", [embedding, embedding]),
            ("self_attn.out_proj.bias", [embedding]),
            ("norm2.weight", [embedding]), ("norm2.bias", [embedding]),
            ("linear1.weight", [feedForward, embedding]), ("linear1.bias", [feedForward]),
            ("linear2.weight", [embedding, feedForward]), ("linear2.bias", [embedding]),
        ]
        return shapes.map { (name: "transformer.\(layer).\($0.0)", shape: $0.1) }
    }

    /// Names and shapes of all weights.
    package var shapes: [(name: String, shape: [Int])] {
        var shapes = [(name: "embedding.weight", shape: [vocabulary, embedding])]
        for layer in 0..<layers { shapes += self.shapes(ofLayer: layer) }
        shapes.append(("transformer.norm.weight", [embedding]))
        shapes.append(("transformer.norm.bias", [embedding]))
        shapes.append(("output.bias", [vocabulary]))
        if contexts > 0 { shapes.append(("context.weight", [contexts, embedding])) }
        return shapes
    }
}
