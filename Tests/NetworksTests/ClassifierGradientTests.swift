import Networks
import Tensors
import Testing

@Suite struct ClassifierGradientTests {
    typealias Case = (pooling: SequencePooling, hidden: Int, dropout: Bool)

    static let cases: [Case] = [
        (.last, 0, false), (.max, 0, false), (.mean, 0, false), (.concatenated, 0, true),
        (.concatenated, 5, false), (.concatenated, 5, true),
    ]

    /// Lengths 6, 2 and 5 of 7 steps and 4 streams: places behind the ends, and an empty stream.
    static let batch = SequenceBatch(
        [[0, 3, 4, 2, 1, 6], [5, 4], [2, 1, 3, 6, 1]], labels: [1, 0, 1], resetToken: 0)

    static func classifier(
        _ kind: ClassifierTests.Kind, _ pooling: SequencePooling, hidden: Int,
        dropout: Bool = false
    ) throws -> SequenceClassifier {
        let configuration = try ClassifierConfiguration(
            network: kind.network(), pooling: pooling, hidden: hidden, classes: ["yes", "no"])
        return SequenceClassifier(
            configuration: configuration, weights: configuration.randomWeights(seed: 3),
            steps: 7, streams: 4,
            regularisation: dropout
                ? try Regularisation(
                    // A norm of an embedding of zeros is all curvature.
                    embedding: kind == .lstm ? 0.2 : 0, input: 0.3, hidden: 0.4, output: 0.2,
                    weight: 0.5) : .none,
            headDropout: dropout ? try HeadDropout(pooled: 0.4, hidden: 0.3) : .none,
            team: ThreadTeam(threads: 2))
    }

    /// Each tensor's gradient, along a random direction, against (L(w + εd) − L(w − εd)) / 2ε.
    @Test(arguments: ClassifierTests.Kind.allCases, cases)
    func gradientsMatchFiniteDifferences(kind: ClassifierTests.Kind, example: Case) throws {
        let classifier = try Self.classifier(
            kind, example.pooling, hidden: example.hidden, dropout: example.dropout)
        let weights = classifier.weights
        // Features of size 1, so that neither a largest value nor a ReLU changes on the way.
        for tensor in weights.tensors where kind == .lstm || tensor.name == "embedding.weight" {
            // An LSTM's embeddings are large as they are.
            let factor: Float = tensor.name != "embedding.weight" ? 4 : kind == .lstm ? 0.8 : 20
            weights.matrix(tensor).scale(by: factor)
        }
        let pairs = FiniteDifferences.compare(
            weights, gradients: classifier.gradients, epsilon: { _ in 5e-4 }
        ) {
            var generator = SeededGenerator(seed: 11)
            return classifier.differentiate(Self.batch, using: &generator) / 3
        }
        for pair in pairs {
            let name = pair.tensor.name
            #expect(pair.error < 2e-3 * max(0.3, abs(pair.slope)), "\(name)")
            #expect(abs(pair.slope) > 1e-6, "\(name) has a gradient to compare")
        }
    }

    /// The head alone: its gradients are the same, and no other is computed.
    @Test func aFrozenEncoderGetsNoGradient() throws {
        let classifier = try Self.classifier(.lstm, .concatenated, hidden: 5)
        var generator = SeededGenerator(seed: 1)
        _ = classifier.differentiate(Self.batch, using: &generator)
        let whole = Array(classifier.gradients.buffer)
        _ = classifier.differentiate(Self.batch, from: classifier.groups.head, using: &generator)
        let head = classifier.groups.ranges[classifier.groups.head]
        #expect(head.count == 1)
        let first = head[0].lowerBound
        let gradients = Array(classifier.gradients.buffer)
        #expect(gradients[..<first].allSatisfy { $0 == 0 })
        #expect(gradients[first...] == whole[first...])
        #expect(whole[..<first].contains { $0 != 0 })
    }
}
