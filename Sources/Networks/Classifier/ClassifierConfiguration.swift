import Tensors

/// Which classifier of token sequences, with its sizes: a language model's body, a pooling of its
/// features over the sequence, and a small head (ULMFiT; Howard & Ruder 2018).
package struct ClassifierConfiguration: Hashable, Sendable {
    /// Whose embedding and layers the classifier has; the weights of its logits are left
    /// aside.
    package let network: NetworkConfiguration
    package let pooling: SequencePooling
    /// Units between the two linear layers of the head, with ReLU (ULMFiT has 50); 0 for a head of
    /// one linear layer.
    package let hidden: Int
    /// The names of the C classes.
    package let classes: [String]

    /// Throws for fewer than two classes, names that are empty or come twice, and sizes that no
    /// network can have.
    package init(
        network: NetworkConfiguration, pooling: SequencePooling, hidden: Int, classes: [String]
    ) throws(Invalid) {
        guard (2...65_536).contains(classes.count) else {
            throw .classCount(classes.count)
        }
        var seen: Set<String> = []
        for name in classes where name.isEmpty || !seen.insert(name).inserted {
            throw .className(name)
        }
        guard (0...8_192).contains(hidden) else { throw .hidden(hidden) }
        self.network = network
        self.pooling = pooling
        self.hidden = hidden
        self.classes = classes
    }

    package enum Invalid: Error, Hashable, CustomStringConvertible {
        case classCount(Int)
        case className(String)
        case hidden(Int)

        package var description: String {
            switch self {
            case .classCount(let count):
                "classifier: there are \(count) classes, but must be 2…65536"
            case .className(let name):
                name.isEmpty
                    ? "classifier: a class has no name"
                    : "classifier: two classes are named “\(name)”"
            case .hidden(let value): "classifier: hidden is \(value), but must be 0…8192"
            }
        }
    }

    /// P·E, the width of the pooled features.
    var pooledWidth: Int { pooling.parts.count * network.embedding }
}

extension ClassifierConfiguration: Codable {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            network: values.decode(NetworkConfiguration.self, forKey: .network),
            pooling: values.decode(SequencePooling.self, forKey: .pooling),
            hidden: values.decode(Int.self, forKey: .hidden),
            classes: values.decode([String].self, forKey: .classes))
    }
}

// MARK: - Weights

extension ClassifierConfiguration {
    /// Names and shapes of all weights: the network's without those of its logits, then the head's.
    package var shapes: [(name: String, shape: [Int])] {
        encoderShapes + headShapes
    }

    private var encoderShapes: [(name: String, shape: [Int])] {
        network.shapes.filter { !NetworkConfiguration.outputWeights.contains($0.name) }
    }

    /// PyTorch's layout: (outputs, inputs).
    private var headShapes: [(name: String, shape: [Int])] {
        let inputs = hidden > 0 ? hidden : pooledWidth
        let output = [
            (name: "classifier.output.weight", shape: [classes.count, inputs]),
            (name: "classifier.output.bias", shape: [classes.count]),
        ]
        guard hidden > 0 else { return output }
        return [
            (name: "classifier.hidden.weight", shape: [hidden, pooledWidth]),
            (name: "classifier.hidden.bias", shape: [hidden]),
        ] + output
    }

    /// Random weights to start training from: the network's own, and a head uniform in ±1/√inputs,
    /// as PyTorch's linear layers, with biases 0.
    package func randomWeights(seed: UInt64) -> ParameterSet {
        let weights = ParameterSet(shapes)
        let network = network.randomWeights(seed: seed)
        var generator = SeededGenerator(seed: seed, stream: 1 << 42)
        for tensor in weights.tensors {
            let values = weights.values(of: tensor)
            if let source = network.tensor(named: tensor.name) {
                _ = values.update(fromContentsOf: network.values(of: source))
            } else if tensor.shape.count == 2 {
                let bound = 1 / Float(tensor.shape[1]).squareRoot()
                for index in values.indices {
                    values[index] = (2 * generator.uniform() - 1) * bound
                }
            }
        }
        return weights
    }

    /// A language model's embedding and layers under a random head.
    ///
    /// - Parameter languageModel: tensors of `network.shapes`; those of its logits are left aside.
    /// - Throws: `WeightsMismatch` where a tensor is not there or has another shape.
    package func weights(
        pretrained languageModel: ParameterSet, seed: UInt64
    ) throws(WeightsMismatch) -> ParameterSet {
        let weights = randomWeights(seed: seed)
        for (name, shape) in encoderShapes {
            guard let source = languageModel.tensor(named: name) else { throw .missing(name: name) }
            guard source.shape == shape, let target = weights.tensor(named: name) else {
                throw .wrongShape(name: name, expected: shape, found: source.shape)
            }
            _ = weights.values(of: target).update(fromContentsOf: languageModel.values(of: source))
        }
        return weights
    }
}

/// Why weights do not fit a network.
package enum WeightsMismatch: Error, Hashable, CustomStringConvertible {
    case missing(name: String)
    case wrongShape(name: String, expected: [Int], found: [Int])

    package var description: String {
        switch self {
        case .missing(let name):
            "the pretrained weights have no tensor “\(name)”; they are of another network"
        case .wrongShape(let name, let expected, let found):
            "the pretrained weights' tensor “\(name)” should have shape \(expected), but has "
                + "\(found); they are of another network"
        }
    }
}
