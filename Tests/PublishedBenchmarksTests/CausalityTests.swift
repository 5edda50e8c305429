import Networks
import PublishedBenchmarks
import Tensors
import Testing
import Training

/// That nothing of what comes later, or of another piece, is told to a network.
@Suite struct CausalityTests {
    /// A network of random weights, all of whose parts have a say.
    private static func scorer(_ benchmark: PublishedBenchmark) throws -> PieceScorer {
        let sizes = benchmark.sizes
        let configuration = try LSTMConfiguration(
            vocabulary: sizes.vocabulary, embedding: 6, hidden: 7, layers: 2,
            contexts: sizes.contexts, contextOutput: true)
        let weights = ParameterSet(configuration.shapes)
        var generator = SeededGenerator(seed: 4)
        for index in 0..<weights.count { weights.buffer.base[index] = 0.3 * generator.normal() }
        return PieceScorer(
            LanguageModel(
                configuration: .lstm(configuration), weights: weights, steps: 50, streams: 2))
    }

    private static func losses<Text: BenchmarkText>(
        _ text: Text.Type, _ pieces: [Text.Piece], _ benchmark: PublishedBenchmark
    ) throws -> [[Float]] {
        try scorer(benchmark).tokenLosses(
            of: BenchmarkPieces(text, pieces))
    }

    /// The largest difference of the first so many losses.
    private static func difference(_ some: [Float], _ others: [Float], upTo end: Int) -> Float {
        zip(some, others).prefix(end).map { abs($0 - $1) }.max() ?? 0
    }

    @Test func framesAreForeseenFromThePastOfTheirPieceAlone() throws {
        let piece = RandomMusic.frames(60, seed: 1)
        let other = RandomMusic.frames(30, seed: 2)
        let whole = try Self.losses(FrameText.self, [piece], .frames)[0]
        #expect(Set(whole).count > whole.count / 2, "else the test shows nothing")
        for end in [1, 7, 31, 59] {
            let changed = Array(piece.prefix(end)) + other
            let losses = try Self.losses(FrameText.self, [other, changed], .frames)[1]
            let shared = piece.prefix(end).reduce(0) { $0 + $1.count + 1 }
            #expect(Self.difference(losses, whole, upTo: shared) < 1e-4)
            #expect(Self.difference(losses, whole, upTo: .max) > 1e-3)
        }
    }

    @Test func choralesAreForeseenFromThePastOfTheirPieceAlone() throws {
        let piece = RandomMusic.chorale(60, seed: 1)
        let other = RandomMusic.chorale(30, seed: 2)
        let whole = try Self.losses(ChoraleText.self, [piece], .chorales)[0]
        for end in [1, 7, 31, 59] {
            let changed = Array(piece.prefix(end)) + other
            let losses = try Self.losses(ChoraleText.self, [other, changed], .chorales)[1]
            #expect(Self.difference(losses, whole, upTo: 4 * end) < 1e-4)
            #expect(Self.difference(losses, whole, upTo: .max) > 1e-3)
        }
    }
}
