import Foundation
import Networks
import PublishedBenchmarks
import Tensors
import Training

/// Measures models by a published benchmark: the use case behind `clara benchmark frames` and
/// `chorales`.
public struct BenchmarkEvaluation {
    public typealias Dynamic = DynamicEvaluation

    /// What came out.
    public struct Outcome: Sendable {
        public let split: BenchmarkSplit
        /// Of the one model, or of the mean of the models' probabilities; nil without models.
        public let figures: BenchmarkFigures?
        /// The same by kinds of frames; nil without models, and for chorales.
        public let kinds: FrameKinds?
        /// Of weights that learn from what they have scored, where it was asked for: of the one model,
        /// or of the models together.
        public let dynamic: BenchmarkFigures?
        /// Of each model, in the given order; with its own weights throughout.
        public let ofEach: [BenchmarkFigures]
        /// What simple models counted on the training split get, where it was asked for.
        public let anchors: [BenchmarkAnchor]
        /// Whether every model was trained on this very file.
        public let isTheirData: Bool
    }

    private let benchmark: PublishedBenchmark
    private let models: [BenchmarkModel]
    private let data: String
    private let split: BenchmarkSplit
    private let countsAnchors: Bool
    /// In semitones, of the keys that pieces are read in.
    private let shifts: [Int]
    private let dynamic: Dynamic?

    /// - Parameters:
    ///   - models: none for the anchors alone; of several the probabilities are averaged, token by
    ///     token.
    ///   - data: the benchmark's JSON file.
    ///   - anchors: whether to count the anchors for models, too.
    ///   - inAllKeys: whether a model reads each piece in the twelve keys at once, and the mean of the
    ///     probabilities is taken, token by token: still exactly a distribution of what comes next,
    ///     given the past. It takes twelve times as long.
    ///   - dynamic: measures dynamic evaluation as well, which takes much longer.
    /// - Throws: `BenchmarkError` when a model is for another benchmark.
    public init(
        _ benchmark: PublishedBenchmark, of models: [BenchmarkModel], on data: String,
        split: BenchmarkSplit, anchors: Bool = false, inAllKeys: Bool = false,
        dynamic: Dynamic? = nil
    ) throws(BenchmarkError) {
        for model in models where model.benchmark != benchmark {
            throw .otherBenchmark(model: model.path, is: model.benchmark, not: benchmark)
        }
        self.benchmark = benchmark
        self.models = models
        self.data = data
        self.split = split
        countsAnchors = anchors || models.isEmpty
        shifts = inAllKeys ? Transposition.allKeys : [0]
        self.dynamic = dynamic
    }

    /// - Parameter progress: called now and then with the share done, 0…1.
    public func run(progress: (Double) -> Void = { _ in }) throws -> Outcome {
        let file = try BenchmarkFile(path: data, of: benchmark)
        let side = try BenchmarkSide(file, split: split)
        let anchors =
            countsAnchors ? side.anchors(countedOn: try BenchmarkSide(file, split: .train)) : []
        // Of the time; the rest is for dynamic evaluation.
        let plainShare = dynamic == nil ? 1 : 0.05
        let losses = try losses(of: side) { progress(plainShare * $0) }
        let dynamicLosses = try dynamicLosses(of: side, file) {
            progress(plainShare + (1 - plainShare) * $0)
        }
        let mixed = Self.mixed(losses)
        return Outcome(
            split: split, figures: mixed.map(side.figures), kinds: mixed.flatMap(side.frameKinds),
            dynamic: Self.mixed(dynamicLosses).map(side.figures),
            ofEach: losses.map(side.figures), anchors: anchors,
            isTheirData: models.allSatisfy { $0.provenance.dataHash == file.hash })
    }

    /// −ln p of each token asked for, piece by piece, as one model sees the pieces in one key.
    private typealias Scoring = (any PieceSource, _ progress: (Double) -> Void) -> [[Float]]

    /// −ln p by each model.
    private func losses(
        of side: BenchmarkSide, progress: (Double) -> Void
    ) throws -> [[[Float]]] {
        try meansOverKeys(of: side, progress: progress) { model in
            let scorer = try model.scorer()
            return { scorer.tokenLosses(of: $0, progress: $1) }
        }
    }

    /// The same by weights that learn from what they have scored; none where nobody asked.
    private func dynamicLosses(
        of side: BenchmarkSide, _ file: BenchmarkFile, progress: (Double) -> Void
    ) throws -> [[[Float]]] {
        guard let dynamic else { return [] }
        let training = try BenchmarkSide(file, split: .train).source()
        return try meansOverKeys(of: side, progress: progress) { model in
            let scorer = DynamicScorer(
                configuration: model.network, weights: try model.weights(), settings: dynamic,
                training: training, team: ThreadTeam(threads: ThreadTeam.processorCount))
            return { scorer.tokenLosses(of: $0, progress: $1) }
        }
    }

    /// Of each model −ln of the mean probability over the keys.
    private func meansOverKeys(
        of side: BenchmarkSide, progress: (Double) -> Void,
        scoring: (BenchmarkModel) throws -> Scoring
    ) rethrows -> [[[Float]]] {
        let readings = Double(models.count * shifts.count)
        return try models.enumerated().map { index, model in
            let score = try scoring(model)
            let ofKeys = shifts.enumerated().map { key, shift in
                score(side.source(shifts: [shift])) {
                    progress((Double(index * shifts.count + key) + $0) / readings)
                }
            }
            return Self.mixed(ofKeys) ?? []
        }
    }

    /// −ln of the mean of the probabilities, token by token; nil where there are none.
    private static func mixed(_ losses: [[[Float]]]) -> [[Float]]? {
        guard losses.count > 1, let first = losses.first else { return losses.first }
        return first.indices.map { piece in
            first[piece].indices.map { token in
                let sum = losses.reduce(0.0) { $0 + exp(-Double($1[piece][token])) }
                return Float(-log(sum / Double(losses.count)))
            }
        }
    }
}

/// Why models cannot be measured together, or here.
public enum BenchmarkError: Error, Hashable, CustomStringConvertible {
    case otherBenchmark(model: String, is: PublishedBenchmark, not: PublishedBenchmark)
    /// A run cannot begin with the weights of a network unlike the recipe's.
    case otherNetwork(model: String)
    /// A stage's network is unlike the first one's.
    case otherStage(recipe: String, first: String)

    public var description: String {
        switch self {
        case .otherNetwork(let model):
            "\(model): has another network than the recipe; begin with a model of the same sizes, or "
                + "leave out --from"
        case .otherStage(let recipe, let first):
            "\(recipe): has another network than \(first), whose weights it is to begin with; give both the "
                + "same [network]"
        case .otherBenchmark(let model, let benchmark, let wanted):
            "\(model): is a model for the benchmark \(benchmark.rawValue), not \(wanted.rawValue); "
                + "use clara benchmark \(benchmark.rawValue)"
        }
    }
}
