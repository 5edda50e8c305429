import Tensors

/// The projections of one layer, or their gradients.
struct TransformerProjections {
    let queriesKeysValues: Matrix  // (3E, E)
    let output: Matrix  // (E, E)
    let up: Matrix  // (F, E)
    let down: Matrix  // (E, F)

    init(_ set: ParameterSet, layer: Int) {
        queriesKeysValues = set.matrix(named: "transformer.\(layer).self_attn.in_proj_weight")
        output = set.matrix(named: "transformer.\(layer).self_attn.out_proj.weight")
        up = set.matrix(named: "transformer.\(layer).linear1.weight")
        down = set.matrix(named: "transformer.\(layer).linear2.weight")
    }
}

/// The biases and norms of one layer, or their gradients: (1, n) each.
struct TransformerVectors {
    let attentionNorm: NormVectors
    let queriesKeysValues: Matrix
    let output: Matrix
    let feedForwardNorm: NormVectors
    let up: Matrix
    let down: Matrix

    init(_ set: ParameterSet, layer: Int) {
        attentionNorm = NormVectors(set, "transformer.\(layer).norm1")
        queriesKeysValues = set.matrix(named: "transformer.\(layer).self_attn.in_proj_bias")
        output = set.matrix(named: "transformer.\(layer).self_attn.out_proj.bias")
        feedForwardNorm = NormVectors(set, "transformer.\(layer).norm2")
        up = set.matrix(named: "transformer.\(layer).linear1.bias")
        down = set.matrix(named: "transformer.\(layer).linear2.bias")
    }
}

/// A layer norm's weight and bias, or their gradients: (1, E) each.
struct NormVectors {
    let weight: Matrix
    let bias: Matrix

    init(_ set: ParameterSet, _ name: String) {
        weight = set.matrix(named: name + ".weight")
        bias = set.matrix(named: name + ".bias")
    }
}

/// The gradients of biases and norms, a set for each member of a team: each member adds up the rows
/// that it works on, and the sets are added in the members' order.
final class MemberVectors {
    private let sets: [ParameterSet]
    private let gradients: ParameterSet

    init(gradients: ParameterSet, members: Int) {
        self.gradients = gradients
        let vectors = gradients.tensors.filter {
            $0.shape.count == 1 && $0.name.hasPrefix("transformer.")
        }
        sets = (0..<members).map { _ in ParameterSet(vectors.map { ($0.name, $0.shape) }) }
    }

    /// One for each member.
    func vectors(ofLayer layer: Int) -> [TransformerVectors] {
        sets.map { TransformerVectors($0, layer: layer) }
    }

    func norms(_ name: String) -> [NormVectors] { sets.map { NormVectors($0, name) } }

    /// Adds all to the gradients, and starts again from zero.
    func addToGradients() {
        for set in sets {
            for tensor in set.tensors {
                gradients.matrix(named: tensor.name).add(set.matrix(tensor))
            }
            set.buffer.fill(0)
        }
    }
}

extension ParameterSet {
    fileprivate func matrix(named name: String) -> Matrix {
        guard let tensor = tensor(named: name) else { preconditionFailure("there is no \(name)") }
        return matrix(tensor)
    }
}
