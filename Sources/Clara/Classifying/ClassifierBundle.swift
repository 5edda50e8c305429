import Encodings
import Foundation
import Networks
import Training

/// A trained classifier of pieces, one safetensors file: weights, vocabulary, classes and provenance.
public struct ClassifierBundle: Sendable {
    /// What is told apart.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// People and machines.
        case critic
        /// Composers.
        case composer

        /// As a person calls them.
        var name: String {
            switch self {
            case .critic: "critic"
            case .composer: "classifier"
            }
        }

        /// The command that uses and trains them.
        public var command: String {
            switch self {
            case .critic: "clara critique"
            case .composer: "clara identify"
            }
        }
    }

    /// Where a classifier comes from.
    public struct Provenance: Hashable, Sendable, Codable {
        /// The folders named with `--data`, or the library and what was asked of it.
        public let data: [String]
        /// The hash of the language model that it was made from.
        public let languageModel: String
        /// How many pieces were trained on, and how many the calibration had.
        public let trained: Int
        public let calibrated: Int
        /// The music that nothing was known of in either.
        public let heldOut: [MusicContent]
        /// On that, measured when it was made.
        public let figures: ClassifierFigures?
        let settings: ClassifierTrainingSettings
    }

    public let path: String
    public let kind: Kind
    /// The classes' names.
    public var classes: [String] { configuration.classes }
    public let provenance: Provenance
    /// `SafetensorsFile.hash`, 16 hexadecimal digits.
    public let hash: String
    let encoding: any MusicEncoding
    let configuration: ClassifierConfiguration
    /// Bars of a passage.
    let bars: Int
    /// The second opinion beside the network's.
    let figures: FigureClassifier
    let calibration: Calibration
    private let file: ModelFile<MetadataKey>

    /// - Throws: `ModelError` when the file is no classifier of this kind, `SafetensorsError` when it is
    ///   damaged.
    public init(path: String, kind: Kind) throws {
        let file = try ModelFile<MetadataKey>(path: path) {
            .notAClassifier(path: path, missing: $0, command: kind.command)
        }
        try file.check(is: "a classifier") { $0.isClassifier }
        self.file = file
        self.path = path
        let found = try file.text(.kind)
        guard found == kind.rawValue else {
            throw ModelError.otherClassifier(
                path: path, found: found, expected: kind.rawValue, command: kind.command)
        }
        self.kind = kind
        configuration = try file.decode(ClassifierConfiguration.self, .configuration)
        encoding = try file.encoding(
            .encoding, words: .vocabulary, for: configuration.network)
        bars = try file.decode(Int.self, .bars) { (1...1_000).contains($0) }
        let classes = configuration.classes.count
        figures = try file.decode(FigureClassifier.self, .figures) { $0.fits(classes: classes) }
        calibration = try file.decode(Calibration.self, .calibration) {
            $0.weights.count == PassageReader.opinions
        }
        provenance = try file.decode(Provenance.self, .provenance)
        hash = file.tensors.hash
    }

    /// How pieces are cut for it.
    var cutter: PassageCutter { PassageCutter(encoding: encoding, bars: bars) }

    /// The weights as 32-bit floats.
    func weights() throws -> ParameterSet { try file.weights(of: configuration.shapes) }

    /// Writes a classifier in 16-bit weights; the file is whole or not there.
    static func write(
        _ weights: ParameterSet, _ figures: FigureClassifier, kind: Kind,
        configuration: ClassifierConfiguration, cutter: PassageCutter, calibration: Calibration,
        provenance: Provenance, to path: String
    ) throws {
        let metadata: [MetadataKey: String] = [
            .kind: kind.rawValue, .encoding: cutter.encoding.identifier,
            .vocabulary: cutter.encoding.vocabulary.words.joined(separator: " "),
            .configuration: try JSONEncoder.canonicalText(configuration),
            .bars: "\(cutter.bars)",
            .figures: try JSONEncoder.canonicalText(figures),
            .calibration: try JSONEncoder.canonicalText(calibration),
            .provenance: try JSONEncoder.canonicalText(provenance),
        ]
        try ModelFile.write(weights, metadata: metadata, to: path)
    }

    private enum MetadataKey: String {
        case kind = "clara.classifier"
        case encoding = "clara.encoding"
        case vocabulary = "clara.vocabulary"
        case configuration = "clara.configuration"
        case bars = "clara.passage-bars"
        case figures = "clara.figures"
        case calibration = "clara.calibration"
        case provenance = "clara.provenance"
    }
}
