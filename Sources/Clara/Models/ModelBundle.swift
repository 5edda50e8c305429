import Encodings
import Foundation
import Library
import Networks

/// A trained voice: weights, vocabulary, settings and provenance, one safetensors file.
///
/// The file's weights are 16-bit floats; `inference` decodes from the mapped file, or from weights of
/// another precision made when the bundle is read.
public struct ModelBundle: Sendable {
    /// The layout of the metadata that this version of Clara writes and reads.
    static let format = "1"

    public let path: String
    package let encoding: any MusicEncoding
    package let network: NetworkConfiguration
    public let provenance: Provenance
    /// How the weights are held for generating.
    public let precision: WeightPrecision
    package let inference: InferenceModel
    /// `SafetensorsFile.hash`, 16 hexadecimal digits: names a model in its takes.
    public let hash: String
    private let file: ModelFile<MetadataKey>

    /// The style that a person calls so, as the model does: in small letters or capitals, a composer's with accents
    /// and given names or without; nil where it was told of none.
    package func style(named name: String) -> String? {
        // “Żeleński”, “Chopin, Frédéric”, “Frédéric Chopin”.
        let words = [name, name.split(separator: " ").last.map(String.init)]
        return encoding.style(named: name)
            ?? words.lazy.compactMap(\.self).compactMap(Piece.composerWord).compactMap {
                encoding.style(named: $0)
            }.first
    }

    /// - Parameters:
    ///   - precision: `int8` generates several times as fast as `float16` for hardly any loss; see
    ///     Documentation/Performance.md.
    ///   - threads: how many threads share a step where that pays.
    /// - Throws: `ModelError` when the file is no model of Clara's, or of another version;
    ///   `SafetensorsError` when it is damaged or its tensors do not fit its settings.
    public init(
        path: String, precision: WeightPrecision = .float16,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let file = try ModelFile<MetadataKey>(path: path) { .notAModel(path: path, missing: $0) }
        try file.check(is: "a model that writes music") { $0 == .writing }
        self.file = file
        self.path = path
        let format = try file.text(.format)
        guard format == Self.format else {
            throw ModelError.otherVersion(path: path, found: format, expected: Self.format)
        }
        network = try file.decode(NetworkConfiguration.self, .network)
        encoding = try file.encoding(.encoding, words: .vocabulary, for: network)
        provenance = try file.decode(Provenance.self, .provenance)
        self.precision = precision
        inference = try InferenceModel(
            network, context: encoding.streamContext(), startToken: Vocabulary.pieceStart,
            file: file.tensors,
            precision: precision, threads: threads)
        hash = file.tensors.hash
    }

    /// Who plays what it writes where a prompt has no such part, for each instrument of its encoding: those
    /// that play most of the music it learnt from.
    package var players: [Instrument] { encoding.ensemble.players(of: provenance.programs) }

    /// The weights as 32-bit floats, to score or to train on.
    package func weights() throws -> ParameterSet {
        try file.weights(of: network.shapes)
    }

    /// Writes a model; the file is whole or not there.
    package static func write(
        _ weights: ParameterSet, encoding: any MusicEncoding, network: NetworkConfiguration,
        provenance: Provenance, to path: String
    ) throws {
        let metadata: [MetadataKey: String] = [
            .format: format, .encoding: encoding.identifier,
            .vocabulary: encoding.vocabulary.words.joined(separator: " "),
            .network: try JSONEncoder.canonicalText(network),
            .provenance: try JSONEncoder.canonicalText(provenance),
        ]
        try ModelFile.write(weights, metadata: metadata, to: path)
    }

    private enum MetadataKey: String {
        case format = "clara.format"
        case encoding = "clara.encoding"
        case vocabulary = "clara.vocabulary"
        case network = "clara.network"
        case provenance = "clara.provenance"
    }
}

/// Why a file is not a model that can be used here.
public enum ModelError: Error, Hashable, CustomStringConvertible {
    case notAModel(path: String, missing: String)
    /// A model of Clara's, but one for something else.
    case otherUse(path: String, is: ModelUse, not: String)
    case otherVersion(path: String, found: String, expected: String)
    case otherEncoding(path: String, found: String)
    case notFound(name: String, searched: [String])
    case notABenchmarkModel(path: String, missing: String)
    case notAClassifier(path: String, missing: String, command: String)
    case otherClassifier(path: String, found: String, expected: String, command: String)

    /// What is missing where a network was trained on other contexts than it would be given here.
    static let otherContexts = "weights for what this version of Clara tells a network"

    public var description: String {
        switch self {
        case .notAModel(let path, let missing):
            "\(path): is not a model of Clara's: it has no \(missing); make one with clara train"
        case .otherUse(let path, let use, let wanted):
            "\(path): is \(use.name), not \(wanted); \(use.command) uses it"
        case .otherVersion(let path, let found, let expected):
            "\(path): is a model of format \(found), but this Clara reads format \(expected); "
                + "train it again with this version"
        case .otherEncoding(let path, let found):
            "\(path): is a model of the encoding “\(found)”, whose words this Clara does not know"
        case .notABenchmarkModel(let path, let missing):
            "\(path): is not a model for a published benchmark: it has no \(missing); make one with "
                + "clara benchmark --train"
        case .notAClassifier(let path, let missing, let command):
            "\(path): is not a classifier: it has no \(missing); make one with \(command) train"
        case .otherClassifier(let path, let found, let expected, let command):
            "\(path): is a classifier of another kind, \(found), not \(expected); make one with "
                + "\(command) train"
        case .notFound(let name, let searched):
            "there is no model “\(name)”; looked for \(searched.joined(separator: ", ")); "
                + "give the path of a .safetensors file"
        }
    }
}
