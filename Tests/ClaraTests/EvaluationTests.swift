import Clara
import Foundation
import Networks
import TestSupport
import Testing

@Suite struct EvaluationTests {
    private let example: TinyTraining.Example
    private let model: ModelBundle

    init() throws {
        example = try TinyTraining.example.get()
        model = try ModelBundle(path: example.model)
    }

    /// Only the rounding of the weights to 16 bits is between the two.
    @Test func heldOutPiecesScoreAsInTraining() throws {
        let outcome = try evaluate(.validation)
        let nats = try #require(example.provenance.natsPerToken)
        let bits = try #require(example.provenance.bitsPerNote)
        #expect(outcome.pieces == example.provenance.validation.pieces)
        #expect(abs(outcome.likelihood.natsPerToken - nats) < 1e-3 * nats)
        #expect(abs(outcome.likelihood.bitsPerNote - bits) < 1e-3 * bits)
        #expect(outcome.isAsInTraining)
    }

    @Test func theSidesAddUpToAll() throws {
        let all = try evaluate(.all)
        let sides = try [evaluate(.training), evaluate(.validation)]
        let nats = sides.reduce(0) { $0 + $1.likelihood.nats }
        #expect(all.pieces == sides.reduce(0) { $0 + $1.pieces })
        #expect(all.likelihood.tokens == sides.reduce(0) { $0 + $1.likelihood.tokens })
        #expect(all.likelihood.notes == sides.reduce(0) { $0 + $1.likelihood.notes })
        #expect(abs(all.likelihood.nats - nats) < 1e-4 * nats)
    }

    @Test func tokensAreThoseOfThePiecesAndTheirEnds() throws {
        let outcome = try evaluate(.training)
        let amount = example.provenance.training
        #expect(outcome.likelihood.tokens == amount.tokens + amount.pieces)
        #expect(outcome.likelihood.notes == amount.notes)
    }

    @Test func theBaselineKnowsNothingOfWhatIsMeasured() throws {
        let outcome = try evaluate(.validation, baseline: [example.data])
        let baseline = try #require(outcome.baseline)
        #expect(baseline.leftOut == example.provenance.validation.pieces)
        #expect(baseline.pieces == example.provenance.training.pieces)
        #expect(baseline.likelihood.tokens == outcome.likelihood.tokens)
        #expect(baseline.likelihood.notes == outcome.likelihood.notes)
        #expect((1...6).contains(baseline.order))
        #expect(baseline.likelihood.nats > 0)
    }

    @Test func theBaselineLeavesOutCopiesAndTranspositions() throws {
        let folder = try TemporaryFolder()
        for seed in 101...106 {
            try folder.write(GeneratedPieces.bytes(seed: seed), to: "music/\(seed).mid")
        }
        let alone = try evaluate(.all, baseline: [folder.path])
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "music/a copy.mid")
        try folder.write(GeneratedPieces.bytes(seed: 2, transposed: 5), to: "music/in F.mid")
        let outcome = try evaluate(.all, baseline: [folder.path])
        #expect(outcome.baseline?.leftOut == 2)
        #expect(outcome.baseline?.pieces == 6)
        #expect(outcome.baseline?.likelihood == alone.baseline?.likelihood)
    }

    @Test func aBaselineInAllKeysKnowsMore() throws {
        let plain = try evaluate(.validation, baseline: [example.data]).baseline
        let outcome = try Evaluation(
            of: model, on: [example.data], side: .validation, baseline: [example.data],
            baselineInAllKeys: true
        ).run()
        let baseline = try #require(outcome.baseline)
        #expect(plain?.keys == 1)
        #expect(baseline.keys == 12)
        #expect(baseline.pieces == plain?.pieces)
        #expect(baseline.likelihood.tokens == outcome.likelihood.tokens)
        #expect(baseline.likelihood.nats < plain?.likelihood.nats ?? 0)
    }

    @Test func withoutOtherPiecesThereIsNoBaseline() {
        let error = #expect(throws: EvaluationError.self) {
            try evaluate(.all, baseline: [example.data])
        }
        #expect(
            error?.description
                == "\(example.data): of its 12 pieces 0 are not among those that are measured, and a "
                + "baseline needs two that differ; give more pieces to count, or, where the model "
                + "held some of them out, measure only those, by --split validation")
    }

    @Test func anotherFolderIsNotTheSideOfTheTraining() throws {
        let folder = try TinyTraining.folderWithPieces(201...210)
        let outcome = try Evaluation(of: model, on: [folder.path], side: .training).run()
        #expect(!outcome.isAsInTraining)
        let error = #expect(throws: EvaluationError.self) {
            try Evaluation(of: model, on: [folder.path], side: .validation).run()
        }
        #expect(error == .emptySide(.validation, data: [folder.path]))
    }

    /// Commands differ in the side that they take where none is asked for.
    @Test func whoseSideIsEmptyIsToldHowToTakeAll() {
        #expect(
            EvaluationError.emptySide(.validation, data: ["a", "b"]).description
                == "a, b: no piece there is on the validation side; give --split all, or the music that "
                + "the model was trained on")
        #expect(
            EvaluationError.nothingHeldOut(model: "m").description
                == "m: was trained without holding pieces out, so there are no sides to choose from; "
                + "give --split all")
    }

    @Test func aNetworkThatSeesTokensOnlyIsMeasured() throws {
        let seeing = model.network
        let network = NetworkConfiguration.lstm(
            try LSTMConfiguration(
                vocabulary: seeing.vocabulary, embedding: 8, hidden: 8, layers: 1))
        let plain = try written(network.randomWeights(seed: 3), network)
        let outcome = try Evaluation(of: plain, on: [example.data]).run()
        #expect(outcome.likelihood.natsPerToken > 0)
    }

    @Test func aModelWithoutUsableNumbersHasNoLikelihood() throws {
        let weights = try model.weights()
        weights.buffer.base[0] = .nan
        let damaged = try written(weights, model.network)
        let error = #expect(throws: EvaluationError.self) {
            try Evaluation(of: damaged, on: [example.data]).run()
        }
        #expect(error?.description.contains("gives no usable numbers") == true)
    }

    /// The example's model with another network.
    private func written(
        _ weights: ParameterSet, _ network: NetworkConfiguration
    ) throws -> ModelBundle {
        let folder = try TemporaryFolder()
        let path = folder.file("other.safetensors")
        try ModelBundle.write(
            weights, encoding: model.encoding, network: network, provenance: model.provenance,
            to: path)
        return try ModelBundle(path: path)
    }

    @Test func progressRisesToItsEnd() throws {
        let shares = Collected<Double>()
        _ = try Evaluation(of: model, on: [example.data]).run { event in
            if case .scoring(let share) = event { shares.append(share) }
        }
        #expect(shares.values == shares.values.sorted())
        #expect(shares.values.last == 1)
    }

    private func evaluate(
        _ side: Evaluation.Side, baseline: [String] = []
    ) throws -> Evaluation.Outcome {
        try Evaluation(of: model, on: [example.data], side: side, baseline: baseline).run()
    }
}
