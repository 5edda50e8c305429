import Networks
import Tensors
import Testing

@Suite struct ClassifierWeightsTests {
    @Test func groupsAreTheEmbeddingEachLayerAndTheHead() throws {
        let configuration = try ClassifierTests.configuration(contexts: CountingContext.count)
        let weights = ParameterSet(configuration.shapes)
        let groups = ParameterGroups(weights)
        let names = groups.ranges.map { ranges in
            weights.tensors.filter { tensor in
                ranges.contains { $0.contains(tensor.offset) }
            }.map(\.name)
        }
        let layers = (0..<3).map { layer in
            ["weight_ih", "weight_hh", "bias"].map { "lstm.\(layer).\($0)" }
        }
        let head = ["hidden.weight", "hidden.bias", "output.weight", "output.bias"]
        #expect(
            names == [["embedding.weight", "context.weight"]] + layers
                + [head.map { "classifier.\($0)" }])
        #expect(groups.ranges.joined().reduce(0) { $0 + $1.count } == weights.count)
        #expect(groups.ranges.map(\.count) == [2, 1, 1, 1, 1])
    }

    @Test func theFinalNormOfATransformerGoesWithItsLastLayer() throws {
        let weights = ParameterSet(try ClassifierTests.configuration(.transformer).shapes)
        let groups = ParameterGroups(weights)
        let norm = try #require(weights.tensor(named: "transformer.norm.bias"))
        #expect(groups.count == 5 && groups.ranges[3].contains { $0.contains(norm.offset) })
        #expect(groups.ranges.joined().reduce(0) { $0 + $1.count } == weights.count)
    }

    @Test(arguments: ClassifierTests.Kind.allCases)
    func aLanguageModelsWeightsGoUnderTheHead(kind: ClassifierTests.Kind) throws {
        let configuration = try ClassifierTests.configuration(kind, contexts: CountingContext.count)
        let model = configuration.network.randomWeights(seed: 77)
        let weights = try configuration.weights(pretrained: model, seed: 1)
        let random = configuration.randomWeights(seed: 1)
        for tensor in weights.tensors {
            let source = tensor.name.hasPrefix("classifier.") ? random : model
            let expected = try #require(source.tensor(named: tensor.name))
            #expect(Array(weights.values(of: tensor)) == Array(source.values(of: expected)))
        }
        #expect(weights.tensor(named: "output.bias") == nil)
    }

    @Test func theScoresWeightsAreLeftAside() throws {
        let network = NetworkConfiguration.lstm(
            try LSTMConfiguration(
                vocabulary: 7, embedding: 6, hidden: 9, layers: 1, contexts: CountingContext.count,
                scores: CountingContext.scores))
        let configuration = try ClassifierConfiguration(
            network: network, pooling: .mean, hidden: 0, classes: ["people", "machines"])
        let weights = try configuration.weights(pretrained: network.randomWeights(seed: 1), seed: 2)
        #expect(weights.tensor(named: "score.output") == nil)
        #expect(weights.tensor(named: "context.weight") != nil)
    }

    @Test func pretrainedWeightsOfAnotherNetworkAreRefused() throws {
        let configuration = try ClassifierTests.configuration()
        let wider = LSTMConfiguration.self
        let model = try wider.init(vocabulary: 7, embedding: 6, hidden: 10, layers: 3)
            .randomWeights(seed: 1)
        #expect(
            throws: WeightsMismatch.wrongShape(
                name: "lstm.0.weight_ih", expected: [36, 6], found: [40, 6])
        ) { try configuration.weights(pretrained: model, seed: 1) }
        let shallow = try wider.init(vocabulary: 7, embedding: 6, hidden: 9, layers: 1)
            .randomWeights(seed: 1)
        #expect(throws: WeightsMismatch.self) {
            try configuration.weights(pretrained: shallow, seed: 1)
        }
        let empty = ParameterSet([("embedding.weight", [7, 6])])
        #expect(throws: WeightsMismatch.missing(name: "lstm.0.weight_ih")) {
            try configuration.weights(pretrained: empty, seed: 1)
        }
    }

    @Test func sizesAndNamesThatCannotBeAreRefused() throws {
        let network = try ClassifierTests.configuration().network
        typealias Invalid = ClassifierConfiguration.Invalid
        func made(_ classes: [String], hidden: Int = 0) throws {
            _ = try ClassifierConfiguration(
                network: network, pooling: .last, hidden: hidden, classes: classes)
        }
        #expect(throws: Invalid.classCount(1)) { try made(["a"]) }
        #expect(throws: Invalid.className("a")) { try made(["a", "b", "a"]) }
        #expect(throws: Invalid.className("")) { try made(["a", ""]) }
        #expect(throws: Invalid.hidden(-1)) { try made(["a", "b"], hidden: -1) }
        #expect(throws: Regularisation.OutOfRange.self) { try HeadDropout(pooled: 1) }
    }
}
