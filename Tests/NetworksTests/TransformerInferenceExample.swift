import Foundation
import Networks
import Tensors
import TestSupport
import Testing

/// Small Transformers read from files, and what they say token by token.
struct TransformerInferenceExample: CustomTestStringConvertible, Sendable {
    static let vocabulary = 23
    /// Windows below, at and across the places of a block, 64; heads and widths that fill up no vector.
    static let all = [
        Self(embedding: 12, heads: 2, layers: 1, feedForward: 9, window: 5, contexts: 0),
        Self(
            embedding: 32, heads: 4, layers: 2, feedForward: 40, window: 64,
            contexts: CountingContext.count),
        Self(embedding: 40, heads: 1, layers: 2, feedForward: 70, window: 65, contexts: 0),
        Self(
            embedding: 60, heads: 3, layers: 3, feedForward: 33, window: 150,
            contexts: CountingContext.count),
        Self(embedding: 6, heads: 3, layers: 1, feedForward: 5, window: 1, contexts: 0),
    ]

    let embedding: Int
    let heads: Int
    let layers: Int
    let feedForward: Int
    let window: Int
    let contexts: Int

    var testDescription: String {
        "\(embedding) wide, \(heads) heads, \(layers) layers, window \(window)"
    }

    func configuration() throws -> TransformerConfiguration {
        try TransformerConfiguration(
            vocabulary: Self.vocabulary, embedding: embedding, layers: layers, heads: heads,
            feedForward: feedForward, window: window, contexts: contexts)
    }

    /// Random weights, larger than those that training starts from.
    func weights() throws -> ParameterSet {
        let weights = try configuration().randomWeights(seed: 9)
        var generator = SeededGenerator(seed: 10)
        for index in 0..<weights.count { weights.buffer.base[index] += 0.2 * generator.normal() }
        return weights
    }

    /// The network, read from a file that holds 16-bit weights, and these as 32-bit ones.
    func withModel(
        _ precision: WeightPrecision = .float32, threads: Int = 1,
        _ body: (TransformerInference, ParameterSet) throws -> Void
    ) throws {
        let weights = try weights()
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            try SafetensorsFile.write(weights.tensors(as: .float16), metadata: [:], to: path)
            let file = try SafetensorsFile(path: path)
            try weights.load(from: file, as: .float16)
            let model = try TransformerInference(
                configuration: configuration(), context: contexts > 0 ? CountingContext() : nil,
                startToken: 0, file: file, precision: precision, threads: threads)
            try body(model, weights)
        }
    }

    /// A piece's start and then other tokens.
    static func tokens(_ count: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return [0] + (1..<count).map { _ in Int.random(in: 1..<vocabulary, using: &generator) }
    }

    /// Token by token from nothing: the logits after each.
    static func logits(_ model: TransformerInference, after tokens: [Int]) -> [[Float]] {
        var state = model.initialState(streams: 1)
        return tokens.map { token in
            var logits: [Float] = []
            model.step([token], state: &state, logits: &logits)
            return logits
        }
    }

    /// A stream's state after a prompt.
    static func state(_ model: TransformerInference, after prompt: [Int]) -> TransformerState {
        var state = model.initialState(streams: 1)
        var logits: [Float] = []
        model.read(prompt, state: &state, logits: &logits)
        return state
    }
}
