import Tensors

extension LSTMConfiguration {
    /// What embeddings begin in: with five times less, which word language models begin with (Merity et
    /// al. 2018), little of a token comes through to the logits, and Adam needs thousands of steps more
    /// to learn what follows from the token before.
    package static let embeddingRange: Float = 0.5

    /// Random weights to start training from: uniform in ±1/√H for the layers as PyTorch does,
    /// ±`embeddingRange` for the embeddings, forget biases 1 so that the state lasts, other biases and
    /// what contexts and scores add to the logits 0.
    package func randomWeights(
        seed: UInt64, embeddingRange: Float = LSTMConfiguration.embeddingRange
    ) -> ParameterSet {
        let weights = ParameterSet(shapes)
        var generator = SeededGenerator(seed: seed)
        for tensor in weights.tensors
        where !NetworkConfiguration.outputWeights.contains(tensor.name) {
            let values = weights.values(of: tensor)
            if tensor.name.hasSuffix("bias") {
                let width = tensor.count / 4
                for index in width..<2 * width { values[index] = 1 }
                continue
            }
            let isEmbedding = ["embedding.weight", "context.weight"].contains(tensor.name)
            let bound = isEmbedding ? embeddingRange : 1 / Float(tensor.shape[0] / 4).squareRoot()
            for index in values.indices {
                values[index] = (2 * generator.uniform() - 1) * bound
            }
        }
        return weights
    }
}
