import Networks
import TestSupport
import Testing
import Training

/// How soon a network learns what follows from the token before.
@Suite struct InitialisationTests {
    /// Each token follows the one before it, from a place of the round that differs: after the first
    /// token nothing is left to chance.
    private struct Rounds: PieceSource {
        let count = 50
        let variants = 1
        let startToken: Int32 = 0
        let vocabulary = 97
        let context: (any StreamContext)? = nil

        func tokens(ofPiece piece: Int, variant: Int) -> [Int32] {
            [0] + (0..<100).map { Int32(1 + (piece * 37 + $0) % 96) }
        }
    }

    private func nats(embeddingRange: Float?) throws -> Double {
        let settings = try TrainingSettings(
            network: .lstm(LSTMConfiguration(vocabulary: 97, embedding: 64, hidden: 64, layers: 2)),
            embeddingRange: embeddingRange, optimiser: Adam.Settings(),
            schedule: .trapezoidal(TrapezoidalSchedule(rate: 0.003, warmup: 20, decay: 0.3)),
            length: .steps(70), streams: 8, steps: 32, clip: 1, seed: 1, validationInterval: 1_000)
        return try withTemporaryFolder { folder in
            let trainer = try Trainer(
                settings, training: Rounds(), validation: Rounds(),
                checkpointPath: folder + "/checkpoint", resuming: false, saveInterval: 60)
            _ = try trainer.run()
            return trainer.validate().natsPerToken
        }
    }

    @Test func embeddingsBeginLargeEnoughToBeHeard() throws {
        let standard = try nats(embeddingRange: nil)
        let small = try nats(embeddingRange: 0.1)
        #expect(standard < 1.8)
        #expect(small > 2.2)
    }
}
