import Foundation
import Networks
import Tensors

/// The network and windows of Benchmarks/golden/transformer_language_model.py.
enum TransformerFormula {
    static func model() throws -> LanguageModel {
        try model(
            TransformerConfiguration(
                vocabulary: 7, embedding: 8, layers: 2, heads: 2, feedForward: 10, window: 5),
            steps: 6, streams: 3)
    }

    static func model(
        _ configuration: TransformerConfiguration, steps: Int, streams: Int,
        team: ThreadTeam = ThreadTeam(threads: 1)
    ) -> LanguageModel {
        let weights = ParameterSet(configuration.shapes)
        for (start, tensor) in weights.tensors.enumerated() {
            let isScale = tensor.name.contains("norm") && tensor.name.hasSuffix("weight")
            let values = weights.values(of: tensor)
            for index in values.indices {
                let place = Double(index)
                let angle = 0.37 * place + 0.01 * place * place + Double(start)
                values[index] = (isScale ? 1 : 0) + Float(0.4 * sin(angle))
            }
        }
        return LanguageModel(
            configuration: .transformer(configuration), weights: weights, steps: steps,
            streams: streams, team: team)
    }

    /// Three windows; a piece ends and another begins within stream 1 of the second.
    static func windows(steps: Int = 6, streams: Int = 3, vocabulary: Int = 7) -> [TokenWindow] {
        (0..<3).map { index in
            func token(_ step: Int, _ stream: Int) -> Int32 {
                if index == 0 && step == 0 || index == 1 && step == 2 && stream == 1 { return 0 }
                return Int32(1 + (5 * (step + steps * index) + 3 * stream) % (vocabulary - 1))
            }
            let places = (0..<steps).flatMap { step in (0..<streams).map { (step, $0) } }
            return TokenWindow(
                inputs: places.map { token($0, $1) },
                targets: places.map { token($0 + 1, $1) == 0 ? -1 : token($0 + 1, $1) },
                resetToken: 0)
        }
    }
}
