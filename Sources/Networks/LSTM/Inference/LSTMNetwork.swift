import CKernels
import Tensors

/// The weights of an LSTM language model in some precision: what all its decoders share.
final class LSTMNetwork: Sendable {
    let configuration: LSTMConfiguration
    let embedding: InferenceEmbedding
    let layers: [any InferenceLayer]
    /// The tied output, (V, E).
    let output: InferenceProjection
    /// Nil where there is nothing to score.
    let scores: InferenceScores?
    /// From one stream's embedded token to the next one's.
    let inputStride: Int
    /// The most floats that a row of activations, or of gates, takes.
    let widestActivations: Int
    let widestGates: Int

    /// - Throws: for the first tensor that is missing or of another shape or type.
    init(
        configuration: LSTMConfiguration, file: SafetensorsFile, precision: WeightPrecision
    ) throws(SafetensorsError) {
        self.configuration = configuration
        let tensors = ParameterSet.places(configuration.shapes)
        let isInt8 = precision == .int8
        func rows(_ index: Int) throws(SafetensorsError) -> FloatRows {
            try FloatRows(tensors[index], of: file, as: isInt8 ? nil : precision)
        }
        let tokens = try rows(0)
        let path = clara_int8_best_path()
        // Small beside the weights that it stands for, and of each step's no more than a row is read.
        let hasTable =
            isInt8 && configuration.contexts == 0
            && configuration.vocabulary <= 4 * configuration.embedding
        layers = try Self.layers(of: configuration) { layer throws(SafetensorsError) in
            let (input, state) = (try rows(1 + 3 * layer), try rows(2 + 3 * layer))
            let bias = try rows(3 + 3 * layer).floats
            guard isInt8 else { return FloatLayer(input: input, state: state, bias: bias) }
            return Int8Layer(
                input: input, state: state, bias: bias,
                tokens: layer == 0 && hasTable ? tokens : nil, path: path)
        }
        output = InferenceProjection(
            tokens, bias: try rows(configuration.outputBiasIndex).floats, precision: precision)
        if let layout = configuration.scores,
            let index = tensors.firstIndex(where: { $0.name == "score.output" })
        {
            let table = try rows(index)
            let bias = [Float](repeating: 0, count: table.rows)
            scores = InferenceScores(
                layout: layout,
                projection: InferenceProjection(table, bias: bias, precision: precision))
        } else {
            scores = nil
        }
        embedding = InferenceEmbedding(
            tokens: tokens,
            contexts: configuration.contexts > 0
                ? try rows(configuration.outputBiasIndex + 1) : nil)
        inputStride = FloatLayer.stride(ofWidth: configuration.embedding)
        let strides = [inputStride] + layers.map(\.stride)
        widestActivations = Activations.size(stride: strides.max() ?? 0)
        widestGates = 4 * (strides.dropFirst().max() ?? 0)
    }

    private static func layers(
        of configuration: LSTMConfiguration,
        _ make: (Int) throws(SafetensorsError) -> any InferenceLayer
    ) throws(SafetensorsError) -> [any InferenceLayer] {
        var layers: [any InferenceLayer] = []
        for layer in 0..<configuration.layers { layers.append(try make(layer)) }
        return layers
    }
}
