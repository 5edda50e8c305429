import Foundation

/// Why a file is not a classifier that can be used here.
package enum ClassifierFileError: Error, Hashable, CustomStringConvertible {
    case notAClassifier(path: String)

    package var description: String {
        switch self {
        case .notAClassifier(let path):
            "\(path): is not a sequence classifier: its metadata has no usable “clara.classifier”"
        }
    }
}

extension ClassifierConfiguration {
    private static let key = "clara.classifier"

    /// Writes a finished classifier: its weights as 32-bit floats, and its sizes and the classes'
    /// names as JSON in the metadata. The file is whole or not there.
    ///
    /// - Parameter metadata: what else is to be known of it, such as the tokens' encoding.
    package func write(
        _ weights: ParameterSet, metadata: [String: String] = [:], to path: String
    ) throws {
        var metadata = metadata
        metadata[Self.key] = try JSONEncoder.canonicalText(self)
        try SafetensorsFile.write(weights.tensors(), metadata: metadata, to: path)
    }

    /// A classifier that `write` wrote.
    ///
    /// - Throws: `ClassifierFileError`; `SafetensorsError` when the file is damaged or its tensors do
    ///   not fit its sizes.
    package static func read(
        from path: String
    ) throws -> (configuration: ClassifierConfiguration, weights: ParameterSet) {
        let file = try SafetensorsFile(path: path)
        guard let json = file.metadata[key],
            let configuration = try? JSONDecoder().decode(
                ClassifierConfiguration.self, from: Data(json.utf8))
        else { throw ClassifierFileError.notAClassifier(path: path) }
        let weights = ParameterSet(configuration.shapes)
        try weights.load(from: file)
        return (configuration, weights)
    }
}
