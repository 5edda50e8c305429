import Tensors

extension LSTMConfiguration {
    /// Random weights to start training from: uniform in ±1/√H for the layers as PyTorch does,
    /// ±0.1 for the embedding, forget biases 1 so that the state lasts, other biases and what contexts
    /// add to the logits 0.
    package func randomWeights(seed: UInt64) -> ParameterSet {
        let weights = ParameterSet(shapes)
        var generator = SeededGenerator(seed: seed)
        for tensor in weights.tensors where tensor.name != "context.output" {
            let values = weights.values(of: tensor)
            if tensor.name.hasSuffix("bias") {
                let width = tensor.count / 4
                for index in width..<2 * width where tensor.name != "output.bias" {
                    values[index] = 1
                }
                continue
            }
            let isEmbedding = ["embedding.weight", "context.weight"].contains(tensor.name)
            let bound = isEmbedding ? 0.1 : 1 / Float(tensor.shape[0] / 4).squareRoot()
            for index in values.indices {
                values[index] = (2 * generator.uniform() - 1) * bound
            }
        }
        return weights
    }
}
