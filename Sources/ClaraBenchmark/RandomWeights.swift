import Foundation
import Networks
import Tensors

/// Random weights to generate with: how fast that is does not depend on what they say.
enum RandomWeights {
    /// A file of them as `clara train` would write it; it is removed once `body` has mapped it.
    static func file<Model>(
        _ network: NetworkConfiguration, _ body: (SafetensorsFile) throws -> Model
    ) throws -> Model {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("clara-benchmark-\(UUID().uuidString).safetensors").path
        let weights = network.randomWeights(seed: 1)
        try SafetensorsFile.write(weights.tensors(as: .float16), metadata: [:], to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(SafetensorsFile(path: path))
    }

    static func lstm(
        _ configuration: LSTMConfiguration, precision: WeightPrecision, threads: Int,
        context: (any StreamContext)? = nil
    ) throws -> LSTMInference {
        try file(.lstm(configuration)) { file in
            try LSTMInference(
                configuration: configuration, context: context, file: file, precision: precision,
                threads: threads)
        }
    }

    static func transformer(
        _ configuration: TransformerConfiguration, precision: WeightPrecision, threads: Int
    ) throws -> TransformerInference {
        try file(.transformer(configuration)) { file in
            try TransformerInference(
                configuration: configuration, context: nil, startToken: nil, file: file,
                precision: precision, threads: threads)
        }
    }
}
