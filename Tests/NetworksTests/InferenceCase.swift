import Networks
import Tensors
import TestSupport
import Testing

/// A network for tests, and its weights as a file holds them.
struct InferenceCase: CustomTestStringConvertible, Sendable {
    let embedding: Int
    let hidden: Int
    let layers: Int
    let contexts: Int
    let precision: WeightPrecision
    /// What it scores besides the tokens, if anything.
    var scores: ScoreLayout?
    /// How the file holds the weights.
    var stored = SafetensorsFile.ElementType.float16

    static let vocabulary = 23

    static let small: [InferenceCase] = WeightPrecision.allCases.flatMap { precision in
        [
            (5, 9, 1, 0, false), (16, 16, 2, CountingContext.count, false), (17, 33, 3, 0, false),
            (9, 20, 2, CountingContext.count, false),
            (16, 20, 2, CountingContext.count, true), (7, 9, 1, CountingContext.count, true),
        ].map {
            InferenceCase(
                embedding: $0.0, hidden: $0.1, layers: $0.2, contexts: $0.3, precision: precision,
                scores: $0.4 ? CountingContext.scores : nil)
        }
    }

    /// With enough weights for several threads to share a step.
    static let large: [InferenceCase] = WeightPrecision.allCases.flatMap { precision in
        [(0, false), (CountingContext.count, false), (CountingContext.count, true)].map {
            InferenceCase(
                embedding: 120, hidden: 250, layers: 2, contexts: $0.0, precision: precision,
                scores: $0.1 ? CountingContext.scores : nil)
        }
    }

    var testDescription: String {
        "\(embedding)/\(hidden)×\(layers), \(contexts) contexts"
            + "\(scores == nil ? "" : ", scores"), \(precision) of \(stored.rawValue)"
    }

    var configuration: LSTMConfiguration {
        get throws {
            try LSTMConfiguration(
                vocabulary: Self.vocabulary, embedding: embedding, hidden: hidden, layers: layers,
                contexts: contexts, scores: scores)
        }
    }

    /// A network read from a file, and its weights as the file holds them.
    func withNetwork(
        threads: Int = 1, _ body: (LSTMInference, ParameterSet) throws -> Void
    ) throws {
        try withFile { file, weights in
            let model = try LSTMInference(
                configuration: configuration, context: contexts > 0 ? CountingContext() : nil,
                file: file, precision: precision, threads: threads)
            try body(model, weights)
        }
    }

    func withFile(_ body: (SafetensorsFile, ParameterSet) throws -> Void) throws {
        let weights = try configuration.randomWeights(seed: 9)
        var generator = SeededGenerator(seed: 10)
        for index in 0..<weights.count {
            weights.buffer.base[index] += (hidden > 100 ? 0.03 : 0.3) * generator.normal()
        }
        try withTemporaryFolder { folder in
            // So that both kinds of files hold the same numbers.
            let path = folder + "/model.safetensors"
            try SafetensorsFile.write(weights.tensors(as: .float16), metadata: [:], to: path)
            try weights.load(from: try SafetensorsFile(path: path), as: .float16)
            try SafetensorsFile.write(weights.tensors(as: stored), metadata: [:], to: path)
            try body(try SafetensorsFile(path: path), weights)
        }
    }

    static func tokens(_ count: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return [0] + (1..<count).map { _ in Int.random(in: 1..<vocabulary, using: &generator) }
    }

    /// Token by token from nothing: the logits after each.
    static func logits(_ model: LSTMInference, after tokens: [Int]) -> [[Float]] {
        var state = model.initialState(streams: 1)
        return tokens.map { token in
            var logits: [Float] = []
            model.step([token], state: &state, logits: &logits)
            return logits
        }
    }
}
