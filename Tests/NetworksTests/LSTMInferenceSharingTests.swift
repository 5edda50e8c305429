import Networks
import Synchronization
import Tensors
import Testing

/// What does not change a stream's numbers, to the last bit.
@Suite struct LSTMInferenceSharingTests {
    private typealias Case = InferenceCase

    /// The logits of some steps of a batch, then of a prompt that is read.
    private static func logits(_ model: LSTMInference, streams: Int) -> [[Float]] {
        var state = model.initialState(streams: streams)
        var result = (0..<6).map { step in
            var logits: [Float] = []
            model.step(
                (0..<streams).map { (7 * step + $0) % Case.vocabulary }, state: &state,
                logits: &logits)
            return logits
        }
        var single = model.initialState(streams: 1)
        var logits: [Float] = []
        model.read(Case.tokens(70, seed: 3), state: &single, logits: &logits)
        result.append(logits)
        return result
    }

    @Test(arguments: InferenceCase.large)
    func theNumberOfThreadsDoesNotMatter(network: InferenceCase) throws {
        for streams in [1, 2, 5] {
            var alone: [[Float]] = []
            try network.withNetwork { model, _ in alone = Self.logits(model, streams: streams) }
            for threads in [2, 3] {
                try network.withNetwork(threads: threads) { model, _ in
                    #expect(Self.logits(model, streams: streams) == alone)
                }
            }
        }
    }

    /// One decoder has the team, the others go on alone.
    @Test(arguments: WeightPrecision.allCases)
    func manyDecodersShareOneModel(precision: WeightPrecision) async throws {
        let network = Case.large.first { $0.precision == precision }
        try network?.withNetwork(threads: 2) { model, _ in
            let expected = Self.logits(model, streams: 2)
            let decoders = ThreadTeam(threads: 4)
            let wrong = Mutex(0)
            decoders.run { _ in
                for _ in 0..<5 where Self.logits(model, streams: 2) != expected {
                    wrong.withLock { $0 += 1 }
                }
            }
            #expect(wrong.withLock { $0 } == 0)
        }
    }

    @Test(arguments: WeightPrecision.allCases)
    func filesOfBothPrecisionsGiveTheSameNumbers(precision: WeightPrecision) throws {
        for var network in Case.small where network.precision == precision {
            var logits: [[Float]] = []
            try network.withNetwork { model, _ in logits = Self.logits(model, streams: 3) }
            network.stored = .float32
            try network.withNetwork { model, _ in
                #expect(Self.logits(model, streams: 3) == logits)
            }
        }
    }

    /// The cells of a piece that goes on and on stay finite, and a step stays a step.
    @Test(arguments: WeightPrecision.allCases)
    func aLongPieceStaysFinite(precision: WeightPrecision) throws {
        for network in Case.small where network.precision == precision {
            try network.withNetwork { model, weights in
                var state = model.initialState(streams: 1)
                var logits: [Float] = []
                for _ in 0..<20_000 { model.step([1], state: &state, logits: &logits) }
                #expect(logits.allSatisfy { $0.isFinite })
            }
        }
    }
}
