import Foundation
import Networks
import PublishedBenchmarks
import Tensors
import Training

/// A model trained for a published benchmark: weights, settings and provenance, one safetensors file.
public struct BenchmarkModel: Sendable {
    /// The layout of the metadata that this version of Clara writes and reads.
    private static let format = "1"

    public let path: String
    public let benchmark: PublishedBenchmark
    public let provenance: BenchmarkProvenance
    /// `SafetensorsFile.hash`, 16 hexadecimal digits.
    public let hash: String
    package let network: NetworkConfiguration
    private let file: ModelFile<MetadataKey>

    /// - Throws: `ModelError` when the file is no model for a benchmark, or of another version;
    ///   `SafetensorsError` when it is damaged.
    public init(path: String) throws {
        let file = try ModelFile<MetadataKey>(path: path) {
            .notABenchmarkModel(path: path, missing: $0)
        }
        try file.check(is: "a model for a published benchmark") { $0.isBenchmark }
        let name = try file.text(.benchmark)
        guard let benchmark = PublishedBenchmark(rawValue: name) else {
            throw ModelError.notABenchmarkModel(path: path, missing: "benchmark that is known here")
        }
        let format = try file.text(.format)
        guard format == Self.format else {
            throw ModelError.otherVersion(path: path, found: format, expected: Self.format)
        }
        let network = try file.decode(NetworkConfiguration.self, .network)
        guard benchmark.sizes == (network.vocabulary, network.contexts), network.scores == nil
        else {
            throw ModelError.notABenchmarkModel(path: path, missing: ModelError.otherContexts)
        }
        self.path = path
        self.benchmark = benchmark
        self.network = network
        self.file = file
        provenance = try file.decode(BenchmarkProvenance.self, .provenance)
        hash = file.tensors.hash
    }

    /// The weights as 32-bit floats.
    package func weights() throws -> ParameterSet {
        try file.weights(of: network.shapes)
    }

    /// Reads pieces on all cores.
    func scorer() throws -> PieceScorer {
        PieceScorer(
            LanguageModel(
                configuration: network, weights: try weights(), steps: 128, streams: 16,
                team: ThreadTeam(threads: ThreadTeam.processorCount)))
    }

    /// Writes a model; the file is whole or not there.
    package static func write(
        _ weights: ParameterSet, for benchmark: PublishedBenchmark, network: NetworkConfiguration,
        provenance: BenchmarkProvenance, to path: String
    ) throws {
        let metadata: [MetadataKey: String] = [
            .format: format, .benchmark: benchmark.rawValue,
            .network: try JSONEncoder.canonicalText(network),
            .provenance: try JSONEncoder.canonicalText(provenance),
        ]
        try ModelFile.write(weights, metadata: metadata, to: path)
    }

    private enum MetadataKey: String {
        case format = "clara.benchmark-format"
        case benchmark = "clara.benchmark"
        case network = "clara.network"
        case provenance = "clara.provenance"
    }
}

/// Where a benchmark's model comes from.
public struct BenchmarkProvenance: Hashable, Sendable, Codable {
    /// The name of the data's file, and the hash of its bytes.
    public let data: String
    public let dataHash: String
    /// Pieces trained on.
    public let pieces: Int
    /// Steps of the optimiser in all, and up to the weights that were kept.
    public let steps: Int
    public let keptStep: Int
    /// On the validation split with the weights before rounding to 16 bits: nats per frame, or per
    /// token of the chorales.
    public let validNats: Double
    public let seed: Int
    /// The hash of the model whose weights training began with; nil where they were random.
    public let ancestor: String?
    /// As `clara.settings` of other models.
    package let settings: TrainingSettings

    package init(
        data: String, dataHash: String, pieces: Int, steps: Int, keptStep: Int, validNats: Double,
        ancestor: String?, settings: TrainingSettings
    ) {
        self.data = data
        self.dataHash = dataHash
        self.pieces = pieces
        self.steps = steps
        self.keptStep = keptStep
        self.validNats = validNats
        seed = Int(settings.seed)
        self.ancestor = ancestor
        self.settings = settings
    }
}
