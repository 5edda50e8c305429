import Networks
import Tensors
import Testing
import Training

@Suite struct DynamicScorerTests {
    /// Pieces as they are given, with contexts and masks.
    private struct Given: PieceSource {
        let pieces: [[Int32]]

        var count: Int { pieces.count }
        var variants: Int { 1 }
        var startToken: Int32 { 0 }
        var vocabulary: Int { 6 }
        var context: (any StreamContext)? { PlaceContext() }
        func tokens(ofPiece piece: Int, variant: Int) -> [Int32] { pieces[piece] }
    }

    private static let training = ToyPieces(30, seed: 5, context: PlaceContext())

    private static func network() throws -> (LSTMConfiguration, ParameterSet) {
        let configuration = try LSTMConfiguration(
            vocabulary: 6, embedding: 5, hidden: 7, layers: 2, contexts: PlaceContext.count)
        let weights = configuration.randomWeights(seed: 1)
        for index in 0..<weights.count { weights.buffer.base[index] *= 3 }
        return (configuration, weights)
    }

    private static func losses(
        _ pieces: [[Int32]], segment: Int = 5, rate: Float = 0.03, decay: Float = 0.01
    ) throws -> (losses: [[Float]], before: [Float], after: [Float]) {
        let (configuration, weights) = try network()
        let before = Array(weights.buffer)
        let scorer = DynamicScorer(
            configuration: .lstm(configuration), weights: weights,
            settings: try DynamicEvaluation(segment: segment, rate: rate, decay: decay),
            training: training, team: ThreadTeam(threads: 1))
        let losses = scorer.tokenLosses(of: Given(pieces: pieces))
        return (losses, before, Array(weights.buffer))
    }

    private static let piece: [Int32] = [0] + (0..<61).map { [1, 3, 3, 2, 5][$0 % 5] }

    @Test func whatComesLaterChangesNothing() throws {
        let whole = try Self.losses([Self.piece]).losses[0]
        for end in [1, 5, 6, 33, 60] {
            let changed = Self.piece.prefix(1 + end) + Array(repeating: 4, count: 20)
            let losses = try Self.losses([Array(changed)]).losses[0]
            #expect(losses.prefix(end) == whole.prefix(end))
            #expect(losses.dropFirst(end).prefix(1) != whole.dropFirst(end).prefix(1))
        }
    }

    @Test func everyPieceBeginsWithTheTrainedWeights() throws {
        let other = Self.training.pieces[3]
        let result = try Self.losses([other, Self.piece, other, []])
        #expect(result.losses[1] == (try Self.losses([Self.piece]).losses[0]))
        #expect(result.losses[0] == result.losses[2])
        #expect(result.losses[3].isEmpty)
        let isRestored = result.after == result.before
        #expect(isRestored)
    }

    @Test(arguments: [1, 4, 100])
    func withoutARateItIsThePlainScore(segment: Int) throws {
        let pieces = Self.training.pieces.prefix(3) + [Self.piece]
        let (configuration, weights) = try Self.network()
        let plain = PieceScorer(
            LanguageModel(
                configuration: .lstm(configuration), weights: weights, steps: 16, streams: 2)
        ).tokenLosses(of: Given(pieces: Array(pieces)))
        let losses = try Self.losses(Array(pieces), segment: segment, rate: 0).losses
        #expect(plain.map(\.count) == losses.map(\.count))
        for (one, other) in zip(plain.joined(), losses.joined()) {
            #expect(abs(one - other) < 1e-4)
        }
    }

    /// Of a piece that goes on as it began, the less the more is learnt; the pull back to the trained
    /// weights takes some of it away.
    @Test func itLearnsFromThePiece() throws {
        func nats(rate: Float, decay: Float = 0) throws -> Float {
            try Self.losses([Self.piece], rate: rate, decay: decay).losses[0].reduce(0, +)
        }
        let plain = try nats(rate: 0)
        let adapted = try nats(rate: 0.03)
        #expect(adapted < 0.95 * plain)
        let held = try nats(rate: 0.03, decay: 0.9)
        #expect(held > adapted && held < plain)
    }

    @Test(arguments: [
        (0, 0.1, 0.1, "the segment is 0, but must be 1…4096"),
        (5, -1, 0.1, "the rate is -1.0, but must be at least 0 and below 1"),
        (5, 1e30, 0.1, "the rate is 1e+30, but must be at least 0 and below 1"),
        (5, 0.1, 1, "the decay is 1.0, but must be at least 0 and below 1"),
    ])
    func settingsOutsideTheirRangeAreNamed(
        segment: Int, rate: Float, decay: Float, text: String
    ) {
        let error = #expect(throws: InvalidSetting.self) {
            try DynamicEvaluation(segment: segment, rate: rate, decay: decay)
        }
        #expect(error?.description == text)
    }
}
