import Networks
import Tensors
import Testing
import Training

/// Pieces whose second and third token are conditions: 1…3 of a vocabulary of 8.
private struct ConditionedPieces: PieceSource {
    let pieces: [[Int32]] = (0..<9).map { piece in
        let notes = (piece..<2 * piece + 4).map { Int32(4 + $0 % 4) }
        return [0, Int32(1 + piece % 3), 3] + notes
    }

    var count: Int { pieces.count }
    var variants: Int { 1 }
    var startToken: Int32 { 0 }
    var vocabulary: Int { 8 }
    var context: (any StreamContext)? { nil }
    var conditions: Range<Int32> { 1..<4 }
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] { pieces[piece] }
}

@Suite struct ConditionTests {
    private static let source = ConditionedPieces()
    private static var asked: Int { source.pieces.reduce(0) { $0 + $1.count - 3 } }

    @Test func conditionsAreGivenAndNeverAskedInTraining() {
        var streams = PieceStreams(Self.source, streams: 3, seed: 1)
        let window = streams.next(200)
        #expect(window.inputs.contains { Self.source.conditions.contains($0) })
        #expect(!window.targets.contains { Self.source.conditions.contains($0) })
        #expect(window.targets.contains { $0 >= 4 })
    }

    private static func model() throws -> LanguageModel {
        let configuration = try LSTMConfiguration(
            vocabulary: 8, embedding: 5, hidden: 7, layers: 2)
        return LanguageModel(
            configuration: .lstm(configuration), weights: configuration.randomWeights(seed: 1),
            steps: 6, streams: 2)
    }

    @Test func conditionsAreNotScored() throws {
        let result = PieceScorer(try Self.model()).score(Self.source)
        #expect(result.tokens == Self.asked)
    }

    @Test func lossesOfTokensStandPieceByPieceAndSumUpToTheScore() throws {
        let scorer = PieceScorer(try Self.model())
        let losses = scorer.tokenLosses(of: Self.source)
        #expect(losses.map(\.count) == Self.source.pieces.map { $0.count - 3 })
        let sum = losses.joined().reduce(0.0) { $0 + Double($1) }
        let nats = scorer.score(Self.source).nats
        #expect(abs(sum - nats) < 1e-4)
        // Those of a piece are those of it alone.
        let alone = OnlyPiece(piece: Self.source.pieces[4])
        #expect(scorer.tokenLosses(of: alone)[0] == losses[4])
    }
}

private struct OnlyPiece: PieceSource {
    let piece: [Int32]

    var count: Int { 1 }
    var variants: Int { 1 }
    var startToken: Int32 { 0 }
    var vocabulary: Int { 8 }
    var context: (any StreamContext)? { nil }
    var conditions: Range<Int32> { 1..<4 }
    func tokens(ofPiece piece: Int, variant: Int) -> [Int32] { self.piece }
}
