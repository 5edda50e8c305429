import Networks
import Tensors
import Testing
import Training

@Suite struct ClassifierTrainerTests {
    enum Kind: CaseIterable {
        case lstm, transformer

        func network() throws -> NetworkConfiguration {
            switch self {
            case .lstm:
                .lstm(
                    try LSTMConfiguration(vocabulary: 6, embedding: 12, hidden: 16, layers: 2))
            case .transformer:
                .transformer(
                    try TransformerConfiguration(
                        vocabulary: 6, embedding: 16, layers: 2, heads: 2, feedForward: 32,
                        window: 8))
            }
        }
    }

    static func settings(
        _ kind: Kind = .lstm, unfreezing: Unfreezing = .none, layerFactor: Float = 1,
        epochs: Int = 3, streams: Int = 16, steps: Int = 16, rate: Float = 0.01,
        dropout: Float = 0, seed: UInt64 = 3,
        kind optimiser: Adam.Kind = .adamW
    ) throws -> ClassifierTrainingSettings {
        try ClassifierTrainingSettings(
            classifier: ClassifierConfiguration(
                network: kind.network(), pooling: .concatenated, hidden: 10,
                classes: ["one", "two"]),
            regularisation: Regularisation(
                embedding: dropout / 4, hidden: dropout, output: dropout, weight: dropout),
            headDropout: HeadDropout(pooled: dropout, hidden: dropout),
            optimiser: Adam.Settings(kind: optimiser, weightDecay: 0.01),
            schedule: .trapezoidal(TrapezoidalSchedule(rate: rate, warmup: 3, decay: 0.5)),
            layerFactor: layerFactor, unfreezing: unfreezing, epochs: epochs, streams: streams,
            steps: steps, clip: 1, seed: seed)
    }

    // MARK: - Learning

    /// Pieces of 16 to 40 places in windows of 16.
    @Test(arguments: Kind.allCases)
    func tellsTwoMarkovChainsApart(kind: Kind) throws {
        let training = ChainPieces(800, lengths: 16...40, seed: 1)
        let heldOut = ChainPieces(200, lengths: 16...40, seed: 2)
        let trainer = try ClassifierTrainer(
            Self.settings(kind, epochs: 8, rate: 0.003, dropout: 0.1),
            training: training.labelled, heldOut: heldOut.labelled)
        let before = trainer.classifier.score(heldOut.labelled)
        var scores: [ClassifierScore] = []
        #expect(
            try trainer.run(onEvent: {
                if case .evaluated(_, let score) = $0 { scores.append(score) }
            }))
        let after = try #require(scores.last)
        #expect(scores.count == 8 && after == trainer.classifier.score(heldOut.labelled))
        #expect(before.accuracy < 0.7)
        #expect(after.accuracy > 0.95 && after.count == 200)
        #expect(after.natsPerPiece < 0.2)
    }

    /// A dozen labels, or thirty-two for a Transformer, which learns slowly; the language model has read four
    /// hundred pieces without any. Both are trained alike and as long.
    @Test(arguments: Kind.allCases)
    func aPretrainedBodyNeedsFewLabels(kind: Kind) throws {
        let model = try Self.languageModel(kind.network(), steps: 1000)
        let labelled = ChainPieces(kind == .lstm ? 12 : 32, lengths: 16...32, seed: 5)
        let heldOut = ChainPieces(300, lengths: 16...32, seed: 6)
        func accuracies(_ pretrained: ParameterSet?) throws -> [Double] {
            try (1...3).map { (seed: UInt64) throws -> Double in
                let trainer = try ClassifierTrainer(
                    Self.settings(kind, epochs: 40, streams: 8, dropout: 0.1, seed: seed),
                    training: labelled.labelled, pretrained: pretrained)
                try trainer.run()
                return trainer.classifier.score(heldOut.labelled).accuracy
            }
        }
        let (random, pretrained) = try (accuracies(nil), accuracies(model))
        let gains = zip(pretrained, random).map { $0 - $1 }
        #expect(gains.reduce(0, +) > 0.5)
        #expect(pretrained.allSatisfy { $0 > 0.85 })
    }

    private static func languageModel(
        _ network: NetworkConfiguration, steps: Int
    ) throws -> ParameterSet {
        let pieces = ChainPieces(400, lengths: 16...32, seed: 4)
        let model = LanguageModel(
            configuration: network, weights: network.randomWeights(seed: 1), steps: 16, streams: 16)
        let optimiser = Adam(try Adam.Settings(), for: model.weights)
        var streams = PieceStreams(pieces, streams: 16, seed: 1)
        var window = streams.window(steps: 16)
        var generator = SeededGenerator(seed: 1)
        for step in 1...steps {
            streams.next(16, into: &window)
            _ = model.differentiate(window, using: &generator)
            optimiser.update(
                model.weights, gradients: model.gradients, step: step, rate: 0.01, clip: 1)
        }
        return model.weights
    }

    // MARK: - Unfreezing

    /// Embedding, two layers and head: four groups, a new one every epoch, top down.
    @Test(arguments: Kind.allCases)
    func frozenGroupsStayAsTheyAreToTheBit(kind: Kind) throws {
        let training = ChainPieces(40, lengths: 5...20, seed: 1)
        let trainer = try ClassifierTrainer(
            Self.settings(kind, unfreezing: .gradual(epochsEach: 1), epochs: 4, dropout: 0.1),
            training: training.labelled)
        let classifier = trainer.classifier
        func values() -> [[Float]] {
            let all = Array(classifier.weights.buffer)
            return classifier.groups.ranges.map { $0.flatMap { all[$0] } }
        }
        var before = values()
        var changed: [[Bool]] = []
        var firsts: [Int] = []
        for _ in 0..<trainer.totalSteps {
            try trainer.run(
                shouldStop: { true },
                onEvent: { if case .began(_, let first) = $0 { firsts.append(first) } })
            let after = values()
            changed.append(zip(before, after).map { $0 != $1 })
            before = after
        }
        #expect(firsts == [3, 2, 1, 0])
        let perEpoch = trainer.totalSteps / 4
        #expect(perEpoch == 3)
        for (step, groups) in changed.enumerated() {
            #expect(groups == (0..<4).map { $0 >= firsts[step / perEpoch] }, "step \(step)")
        }
    }

    /// At the first step Adam moves every weight whose gradient is not tiny by its learning rate.
    @Test func eachGroupHasItsUpperNeighboursRateOverTheFactor() throws {
        let training = ChainPieces(40, lengths: 5...20, seed: 1)
        let settings = try Self.settings(layerFactor: 2.6)
        let trainer = try ClassifierTrainer(settings, training: training.labelled)
        let classifier = trainer.classifier
        let before = Array(classifier.weights.buffer)
        var rate: Float = 0
        try trainer.run(
            shouldStop: { true },
            onEvent: { if case .progressed(_, _, _, let used) = $0 { rate = used } })
        let after = Array(classifier.weights.buffer)
        let largest = classifier.groups.ranges.map { ranges in
            ranges.joined().reduce(Float(0)) { max($0, abs(after[$1] - before[$1])) }
        }
        for (group, expected) in [rate / 17.576, rate / 6.76, rate / 2.6, rate].enumerated() {
            #expect(abs(largest[group] - expected) < 0.03 * expected, "group \(group)")
        }
    }

    // MARK: - Runs

    @Test(arguments: Kind.allCases)
    func theSameSeedGivesTheSameWeights(kind: Kind) throws {
        let training = ChainPieces(50, lengths: 5...40, seed: 1)
        func weights(seed: UInt64, stopping: Bool = false) throws -> [Float] {
            let trainer = try ClassifierTrainer(
                Self.settings(kind, dropout: 0.3, seed: seed), training: training.labelled,
                threads: 2)
            while try !trainer.run(shouldStop: { stopping }) {}
            return Array(trainer.classifier.weights.buffer)
        }
        let once = try weights(seed: 3)
        #expect(try weights(seed: 3) == once)
        #expect(try weights(seed: 3, stopping: true) == once)
        #expect(try weights(seed: 4) != once)
    }

    @Test func everyBatchIsToldAndEveryEpochEndsWithAScore() throws {
        let pieces = ChainPieces(100, lengths: 5...60, seed: 1)
        var steps: [Int] = []
        let trainer = try ClassifierTrainer(
            Self.settings(epochs: 2), training: pieces.labelled, heldOut: pieces.labelled)
        var epochs: [Int] = []
        try trainer.run(onEvent: {
            switch $0 {
            case .progressed(let step, let total, let nats, let rate):
                steps.append(step)
                #expect(total == 14 && nats > 0 && rate > 0)
            case .evaluated(let epoch, let score):
                epochs.append(epoch)
                #expect(score.count == 100)
            case .began: break
            }
        })
        #expect(steps == Array(1...14) && epochs == [0, 1])
    }

    // MARK: - Bad input

    @Test func aDivergedRunSaysWhereAndKeepsItsWeights() throws {
        let training = ChainPieces(40, lengths: 5...20, seed: 1)
        let trainer = try ClassifierTrainer(Self.settings(), training: training.labelled)
        let weights = trainer.classifier.weights
        let layer = try #require(weights.tensor(named: "lstm.1.bias"))
        weights.values(of: layer)[0] = .nan
        let before = Array(weights.buffer).map(\.bitPattern)
        #expect(
            throws: TrainingError.diverged(
                step: 1, place: "the weights of lstm.1.bias", checkpoint: nil)
        ) { try trainer.run() }
        #expect(Array(weights.buffer).map(\.bitPattern) == before)
    }

    @Test func pretrainedWeightsOfAnotherNetworkAreRefused() throws {
        let training = ChainPieces(4, lengths: 5...20, seed: 1)
        let other = try LSTMConfiguration(vocabulary: 6, embedding: 12, hidden: 20, layers: 2)
            .randomWeights(seed: 1)
        let settings = try Self.settings()
        #expect(
            throws: WeightsMismatch.wrongShape(
                name: "lstm.0.weight_ih", expected: [64, 12], found: [80, 12])
        ) {
            try ClassifierTrainer(settings, training: training.labelled, pretrained: other)
        }
    }
}
