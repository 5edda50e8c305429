import Tensors

extension TransformerConfiguration {
    /// Random weights to start training from: embeddings normal with deviation 0.02, projections
    /// uniform in ±1/√inputs as PyTorch's, those back into the residual stream smaller by √(2L) so
    /// that its variance does not grow with the layers (Radford et al. 2019); biases 0, norms 1.
    package func randomWeights(seed: UInt64) -> ParameterSet {
        let weights = ParameterSet(shapes)
        var generator = SeededGenerator(seed: seed)
        for tensor in weights.tensors {
            let values = weights.values(of: tensor)
            if tensor.shape.count == 1 {
                values.update(repeating: tensor.name.hasSuffix("weight") ? 1 : 0)
            } else if ["embedding.weight", "context.weight"].contains(tensor.name) {
                for index in values.indices { values[index] = 0.02 * generator.normal() }
            } else {
                let returns = ["out_proj.weight", "linear2.weight"].contains {
                    tensor.name.hasSuffix($0)
                }
                var bound = 1 / Float(tensor.shape[1]).squareRoot()
                if returns { bound /= Float(2 * layers).squareRoot() }
                for index in values.indices {
                    values[index] = (2 * generator.uniform() - 1) * bound
                }
            }
        }
        return weights
    }
}
