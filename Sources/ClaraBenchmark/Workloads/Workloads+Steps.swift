import CAllocationCounter
import Decoding
import Networks
import Tensors

extension Workloads {
    /// Products by BLAS, alone and by a team.
    static func products(threads: Int) -> [Workload] {
        let team = ThreadTeam(threads: threads)
        let factors = [numbers(400 * 600), numbers(2400 * 600), FloatBuffer(zeros: 400 * 2400)]
        func product(_ name: String, by team: ThreadTeam) -> Workload {
            Workload(name, elements: 400 * 600 * 2400) {
                factors[2].matrix(rows: 400, columns: 2400).setProduct(
                    factors[0].matrix(rows: 400, columns: 600), .asIs,
                    factors[1].matrix(rows: 2400, columns: 600), .transposed, by: team)
            }
        }
        let packed = PackedMatrix(roomFor: 600, 2400)
        let weights = factors[1]
        return [
            product("product", by: ThreadTeam(threads: 1)),
            product("product by a team", by: team),
            Workload("packing a matrix", elements: 600 * 2400) {
                packed.pack(weights.matrix(rows: 2400, columns: 600), .transposed)
            },
            Workload("product with a packed matrix", elements: 32 * 600 * 2400) {
                factors[2].matrix(rows: 32, columns: 2400).setProduct(
                    factors[0].matrix(rows: 32, columns: 600), packed)
            },
        ]
    }

    /// Whole steps: of training, and of generating.
    static func steps(threads: Int) throws -> [Workload] {
        try training(threads: threads) + generating(threads: threads) + sampling()
    }

    /// Large enough that a team shares its steps.
    ///
    /// - Parameter isTold: with contexts, from which it scores intervals.
    private static func smallLSTM(told isTold: Bool = false) throws -> LSTMConfiguration {
        try LSTMConfiguration(
            vocabulary: 60, embedding: 192, hidden: 256, layers: 3, contexts: isTold ? 8 : 0,
            scores: isTold
                ? ScoreLayout(
                    intervals: IntervalLayout(
                        firstNote: 40, notes: 7, instruments: 2, firstReference: 0, references: 1))
                : nil)
    }

    /// Large enough for that, too.
    private static func smallTransformer() throws -> TransformerConfiguration {
        try TransformerConfiguration(
            vocabulary: 60, embedding: 128, layers: 4, heads: 4, feedForward: 512, window: 20)
    }

    private static func training(threads: Int) throws -> [Workload] {
        let team = ThreadTeam(threads: threads)
        func step(_ name: String, _ network: NetworkConfiguration, _ rates: Regularisation)
            throws -> Workload
        {
            let run = try TrainingRun(
                network, steps: 24, streams: 8, regularisation: rates,
                context: network.contexts > 0 ? LastToken() : nil, team: team)
            return Workload(name, elements: run.tokensPerStep) { run.trainStep() }
        }
        let lstm = NetworkConfiguration.lstm(try smallLSTM())
        let transformer = NetworkConfiguration.transformer(try smallTransformer())
        return try [
            step("LSTM, training step", lstm, .none),
            step("LSTM, training step, regularised", lstm, try .clara()),
            step("LSTM, training step with intervals", .lstm(try smallLSTM(told: true)), .none),
            step("Transformer, training step", transformer, .none),
            step("Transformer, training step, regularised", transformer, try .clara()),
        ]
    }

    private static func generating(threads: Int) throws -> [Workload] {
        try plain(threads: threads) + [
            inference(
                "LSTM, step with intervals",
                RandomWeights.lstm(
                    smallLSTM(told: true), precision: .int8, threads: threads,
                    context: LastToken()),
                streams: 4)
        ]
    }

    private static func plain(threads: Int) throws -> [Workload] {
        try WeightPrecision.allCases.flatMap { precision in
            try steps(
                "LSTM", RandomWeights.lstm(smallLSTM(), precision: precision, threads: threads),
                precision)
                + steps(
                    "Transformer",
                    RandomWeights.transformer(
                        smallTransformer(), precision: precision, threads: threads), precision)
        }
    }

    private static func steps<Model: NextTokenModel>(
        _ kind: String, _ model: Model, _ precision: WeightPrecision
    ) -> [Workload] {
        [1, 16].flatMap { streams in
            let name = "\(precision.rawValue), \(streams) stream\(streams == 1 ? "" : "s")"
            return [
                inference("\(kind), step, \(name)", model, streams: streams),
                generation("\(kind), generating, \(name)", model, streams: streams),
            ]
        }
    }

    private static func inference<Model: NextTokenModel>(
        _ name: String, _ model: Model, streams: Int
    ) -> Workload {
        let decoder = Stepping(model, streams: streams)
        return Workload(name, elements: streams) { decoder.step() }
    }

    /// The fewest allocations in 25 tokens of each stream, of twelve times 25: in some of them the
    /// lists of the tokens themselves grow.
    private static func generation<Model: NextTokenModel>(
        _ name: String, _ model: Model, streams: Int
    ) -> Workload {
        let generation = Generation(model, streams: streams, tokens: 325)
        return Workload(
            name, elements: generation.tokens * streams,
            countingItself: {
                var (seen, fewest) = (0, Int.max)
                try? generation.write { event in
                    guard case .chose = event else { return }
                    seen += 1
                    guard seen % (25 * streams) == 0 else { return }
                    if seen > 25 * streams { fewest = min(fewest, Int(clara_allocations_end())) }
                    clara_allocations_begin()
                }
                _ = clara_allocations_end()
                return fewest
            })
    }

    private static func sampling() throws -> [Workload] {
        let logits = numbers(220).elements.map { $0 * 4 }
        func sampler(_ name: String, _ settings: SamplingSettings) -> Workload {
            let sampling = Sampling(settings, logits: logits)
            return Workload(name, elements: logits.count) { sampling.sample() }
        }
        return [
            sampler("sampling", .plain),
            sampler(
                "sampling with temperature and min-p",
                try SamplingSettings(temperature: 0.9, minP: 0.02)),
            sampler("sampling with top-k and top-p", try SamplingSettings(topK: 20, topP: 0.9)),
        ]
    }
}

/// The newest token's remainder as the only context.
private struct LastToken: StreamContext {
    private var token = 0

    mutating func advance(_ token: Int) { self.token = token }

    func appendIDs(to ids: inout [Int32]) { ids.append(Int32(token % 8)) }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {}
}

/// A sampler with the random numbers that it draws.
private final class Sampling {
    private let logits: [Float]
    private var sampler: Sampler
    private var generator = SeededGenerator(seed: 1)

    init(_ settings: SamplingSettings, logits: [Float]) {
        sampler = Sampler(settings)
        self.logits = logits
    }

    func sample() { _ = try? sampler.sample(from: logits, using: &generator) }
}
