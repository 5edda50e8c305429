import CKernels
import Tensors

/// The weights of a Transformer language model in some precision: what all its decoders share.
final class TransformerNetwork: Sendable {
    /// Layer normalisation's weight and bias, (E) each.
    struct Norm: Sendable {
        let weight: [Float]
        let bias: [Float]
    }

    struct Layer: Sendable {
        let attentionNorm: Norm
        let queriesKeysValues: InferenceProjection  // (3E, E)
        let output: InferenceProjection  // (E, E)
        let feedForwardNorm: Norm
        let up: InferenceProjection  // (F, E)
        let down: InferenceProjection  // (E, F)
    }

    let configuration: TransformerConfiguration
    let precision: WeightPrecision
    let layers: [Layer]
    let finalNorm: Norm
    let output: InferenceProjection  // (V, E)
    let angles: RotaryAngles
    /// Zeros, (F).
    let noBias: [Float]
    let path = clara_int8_best_path()
    let embedding: InferenceEmbedding

    /// - Throws: for the first tensor that is missing or of another shape or type.
    init(
        configuration: TransformerConfiguration, file: SafetensorsFile, precision: WeightPrecision
    ) throws(SafetensorsError) {
        let tensors = Tensors(configuration, file: file, precision: precision)
        self.configuration = configuration
        self.precision = precision
        let tokens = try tensors.rows("embedding.weight")
        var layers: [Layer] = []
        for layer in 0..<configuration.layers {
            layers.append(try tensors.layer("transformer.\(layer)."))
        }
        self.layers = layers
        finalNorm = try tensors.norm("transformer.norm")
        output = InferenceProjection(
            tokens, bias: try tensors.rows("output.bias").floats, precision: precision)
        embedding = InferenceEmbedding(
            tokens: tokens,
            contexts: configuration.contexts > 0 ? try tensors.rows("context.weight") : nil)
        angles = RotaryAngles(head: configuration.head)
        noBias = [Float](repeating: 0, count: configuration.feedForward)
    }

    /// Whether keys and values are kept as 32-bit floats, else as 16-bit ones.
    var keepsFloats: Bool { precision == .float32 }

    /// Bytes of the keys and values of a block of places.
    var blockBytes: Int {
        configuration.layers * configuration.heads * clara_kept_size(configuration.head)
            * (keepsFloats ? MemoryLayout<Float>.size : MemoryLayout<UInt16>.size)
    }
}

/// A file's tensors by their names.
private struct Tensors {
    private let tensors: [String: ParameterSet.Tensor]
    private let file: SafetensorsFile
    private let precision: WeightPrecision

    init(
        _ configuration: TransformerConfiguration, file: SafetensorsFile,
        precision: WeightPrecision
    ) {
        let places = ParameterSet.places(configuration.shapes)
        tensors = Dictionary(uniqueKeysWithValues: places.map { ($0.name, $0) })
        self.file = file
        self.precision = precision
    }

    func rows(_ name: String) throws(SafetensorsError) -> FloatRows {
        guard let tensor = tensors[name] else { preconditionFailure("there is no \(name)") }
        return try FloatRows(tensor, of: file, as: precision == .int8 ? nil : precision)
    }

    func norm(_ name: String) throws(SafetensorsError) -> TransformerNetwork.Norm {
        TransformerNetwork.Norm(
            weight: try rows(name + ".weight").floats, bias: try rows(name + ".bias").floats)
    }

    /// - Parameter bias: where it is not called like `weight`.
    func projection(
        _ weight: String, _ bias: String
    ) throws(SafetensorsError) -> InferenceProjection {
        InferenceProjection(try rows(weight), bias: try rows(bias).floats, precision: precision)
    }

    func layer(_ prefix: String) throws(SafetensorsError) -> TransformerNetwork.Layer {
        func linear(_ name: String) throws(SafetensorsError) -> InferenceProjection {
            try projection(prefix + name + ".weight", prefix + name + ".bias")
        }
        return TransformerNetwork.Layer(
            attentionNorm: try norm(prefix + "norm1"),
            queriesKeysValues: try projection(
                prefix + "self_attn.in_proj_weight", prefix + "self_attn.in_proj_bias"),
            output: try linear("self_attn.out_proj"),
            feedForwardNorm: try norm(prefix + "norm2"), up: try linear("linear1"),
            down: try linear("linear2"))
    }
}
