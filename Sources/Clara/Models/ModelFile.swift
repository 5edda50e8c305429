import Encodings
import Foundation
import Networks

/// A safetensors file of 16-bit weights with a model's facts in its metadata, by keys: what all kinds of
/// models are written as.
struct ModelFile<Key: RawRepresentable & Hashable & Sendable>: Sendable
where Key.RawValue == String {
    let path: String
    let tensors: SafetensorsFile
    /// The error for a key that is missing, or whose value is of no use: what is missing.
    private let lacking: @Sendable (String) -> ModelError

    /// - Throws: `SafetensorsError` when the file is damaged.
    init(path: String, lacking: @escaping @Sendable (String) -> ModelError) throws {
        self.path = path
        tensors = try SafetensorsFile(path: path)
        self.lacking = lacking
    }

    func text(_ key: Key) throws(ModelError) -> String {
        guard let value = tensors.metadata[key.rawValue] else { throw lacking(key.rawValue) }
        return value
    }

    /// - Parameter isUsable: what the value must hold besides.
    func decode<Value: Decodable>(
        _ type: Value.Type, _ key: Key, where isUsable: (Value) -> Bool = { _ in true }
    ) throws(ModelError) -> Value {
        let json = Data(try text(key).utf8)
        guard let value = try? JSONDecoder().decode(type, from: json), isUsable(value) else {
            throw lacking("usable \(key.rawValue)")
        }
        return value
    }

    /// The encoding whose identifier and words stand under the keys, for a network that reads it.
    ///
    /// - Throws: `ModelError.otherEncoding` where this Clara does not know it; the error for what is missing
    ///   where the network is told something else than this Clara tells.
    func encoding(
        _ key: Key, words: Key, for network: NetworkConfiguration
    ) throws(ModelError) -> any MusicEncoding {
        let identifier = try text(key)
        let words = try text(words).split(separator: " ").map(String.init)
        guard let encoding = EncodingName(identifier)?.encoding(words: words),
            network.vocabulary == encoding.vocabulary.count
        else { throw .otherEncoding(path: path, found: identifier) }
        let scores = encoding.scores
        guard [0, encoding.context()?.count ?? 0].contains(network.contexts),
            [nil, scores?.intervals].contains(network.scores?.intervals),
            [nil, scores?.harmony].contains(network.scores?.harmony),
            [nil, scores?.pitchClasses].contains(network.scores?.pitchClasses),
            [nil, scores?.guesses].contains(network.scores?.guesses),
            !network.contextOutput
        else { throw lacking(ModelError.otherContexts) }
        return encoding
    }

    /// The weights as 32-bit floats, to score or to train on.
    ///
    /// - Parameter shapes: the tensors' names and shapes.
    func weights(of shapes: [(name: String, shape: [Int])]) throws -> ParameterSet {
        // A small file may claim any size: that is looked into before room is made.
        for (name, shape) in shapes {
            _ = try tensors.bytes(of: name, type: .float16, shape: shape)
        }
        let weights = ParameterSet(shapes)
        try weights.load(from: tensors, as: .float16)
        return weights
    }

    /// Writes a model; the file is whole or not there.
    static func write(
        _ weights: ParameterSet, metadata: [Key: String], to path: String
    ) throws {
        try SafetensorsFile.write(
            weights.tensors(as: .float16),
            metadata: Dictionary(uniqueKeysWithValues: metadata.map { ($0.rawValue, $1) }), to: path
        )
    }
}
