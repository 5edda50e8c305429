import CKernels
import Tensors

/// The weights of an LSTM language model in some precision: what all its decoders share.
final class LSTMNetwork: Sendable {
    let configuration: LSTMConfiguration
    let embedding: FloatRows  // (V, E)
    let contextEmbedding: FloatRows?  // (contexts, E)
    let layers: [any InferenceLayer]
    let output: OutputLayer
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
        let embedding = try rows(0)
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
                tokens: layer == 0 && hasTable ? embedding : nil, path: path)
        }
        let outputBias = try rows(configuration.outputBiasIndex).floats
        output =
            isInt8
            ? .int8(Int8Panels(embedding), bias: outputBias, path: path)
            : .floats(embedding, bias: outputBias)
        contextEmbedding =
            configuration.contexts > 0 ? try rows(configuration.outputBiasIndex + 1) : nil
        self.embedding = embedding
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

    /// How many numbers a step multiplies for each stream.
    var products: Int {
        configuration.shapes.reduce(0) { $0 + ($1.shape.count == 2 ? $1.shape.reduce(1, *) : 0) }
    }

    /// Overwrites `row` (E) with a token's embedding and its contexts'.
    func embed(_ token: Int, contexts: [Int32], into row: UnsafeMutablePointer<Float>) {
        embedding.copy(row: token, to: row)
        guard let contextEmbedding else { return }
        for id in contexts { contextEmbedding.add(row: Int(id), to: row) }
    }
}
