import Networks
import Tensors
import Testing
import Training

@Suite struct PieceScorerTests {
    private static func model(steps: Int, streams: Int, contexts: Bool) throws -> LanguageModel {
        let configuration = try LSTMConfiguration(
            vocabulary: 6, embedding: 5, hidden: 7, layers: 2,
            contexts: contexts ? PlaceContext.count : 0)
        let weights = configuration.randomWeights(seed: 1)
        for index in 0..<weights.count { weights.buffer.base[index] *= 3 }
        return LanguageModel(
            configuration: .lstm(configuration), weights: weights, steps: steps, streams: streams,
            team: ThreadTeam(threads: 1))
    }

    private static func pieces(contexts: Bool) -> ToyPieces {
        ToyPieces(13, seed: 2, context: contexts ? PlaceContext() : nil)
    }

    /// Each piece as one window of its own, from a state of zeros.
    private static func nats(ofEach source: ToyPieces) throws -> Double {
        try source.pieces.reduce(0.0) { total, tokens in
            let model = try model(
                steps: tokens.count - 1, streams: 1, contexts: source.context != nil)
            var window = TokenWindow(
                inputs: Array(tokens.dropLast()), targets: Array(tokens.dropFirst()),
                resetToken: -7)
            if let context = source.context {
                var contexts = [context]
                window.annotate(by: &contexts, vocabulary: 6)
            }
            return total + model.score(window)
        }
    }

    @Test(arguments: [(1, 1), (7, 3), (64, 2), (5, 16), (300, 1)], [false, true])
    func batchesScoreAsPiecesAloneDo(size: (steps: Int, streams: Int), contexts: Bool) throws {
        let source = Self.pieces(contexts: contexts)
        let model = try Self.model(steps: size.steps, streams: size.streams, contexts: contexts)
        let result = PieceScorer(model).score(source)
        let expected = try Self.nats(ofEach: source)
        #expect(abs(result.nats - expected) < 1e-5 * expected)
        #expect(result.tokens == source.pieces.reduce(0) { $0 + $1.count - 1 })
        #expect(result.natsPerToken == result.nats / Double(result.tokens))
    }

    @Test func theCarriedStateOfTrainingIsKept() throws {
        let model = try Self.model(steps: 4, streams: 3, contexts: false)
        var generator = SeededGenerator(seed: 3)
        for state in model.carriedStates {
            for index in 0..<state.count { state.base[index] = generator.normal() }
        }
        func states() -> [[Float]] {
            model.carriedStates.map { state in (0..<state.count).map { state.base[$0] } }
        }
        let before = states()
        let source = Self.pieces(contexts: false)
        let result = PieceScorer(model).score(source)
        #expect(states() == before)
        // Nor does it leak into the scores.
        let fresh = try Self.model(steps: 4, streams: 3, contexts: false)
        #expect(PieceScorer(fresh).score(source) == result)
    }

    @Test func noPiecesScoreNothing() throws {
        let model = try Self.model(steps: 4, streams: 3, contexts: false)
        let result = PieceScorer(model).score(ToyPieces(0, seed: 1))
        #expect(result.nats == 0 && result.tokens == 0 && result.natsPerToken == 0)
    }

    @Test func progressRisesToTheWhole() throws {
        let model = try Self.model(steps: 4, streams: 3, contexts: false)
        var shares: [Double] = []
        _ = PieceScorer(model).score(Self.pieces(contexts: false)) { shares.append($0) }
        #expect(shares == shares.sorted() && shares.last == 1 && (shares.first ?? 1) < 0.5)
    }
}
