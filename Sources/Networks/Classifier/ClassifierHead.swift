import Tensors

/// Shares of the head's inputs set to zero in training, 0 ≤ rate < 1 (ULMFiT: 0.4 and 0.1).
package struct HeadDropout: Hashable, Sendable, Codable {
    /// Of the pooled features.
    package let pooled: Float
    /// Of the units between the head's two linear layers.
    package let hidden: Float

    package static let none = HeadDropout(known: ())

    /// Throws for a rate outside 0 ..< 1.
    package init(pooled: Float = 0.4, hidden: Float = 0.1) throws(Regularisation.OutOfRange) {
        for (name, value) in [("pooled", pooled), ("hidden", hidden)]
        where !(0..<1).contains(value) {
            throw .init(name: name, value: value, legal: "at least 0 and below 1")
        }
        self.pooled = pooled
        self.hidden = hidden
    }

    private init(known: Void) { (pooled, hidden) = (0, 0) }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            pooled: values.decode(Float.self, forKey: .pooled),
            hidden: values.decode(Float.self, forKey: .hidden))
    }
}

/// The classifier's last layers: dropout and a linear layer, or ULMFiT's dropout, linear, ReLU,
/// dropout, linear, its batch norms left out.
final class ClassifierHead {
    private let linears: [Linear]
    /// The gradient of the pooled features, after `backward`: (B, P·E).
    var dPooled: Matrix { linears[0].dInput }

    init(
        _ configuration: ClassifierConfiguration, weights: ParameterSet, gradients: ParameterSet,
        streams: Int, dropout: HeadDropout
    ) {
        func linear(_ name: String, _ rate: Float) -> Linear {
            Linear(name, weights: weights, gradients: gradients, streams: streams, dropout: rate)
        }
        let first = linear(
            configuration.hidden > 0 ? "classifier.hidden" : "classifier.output", dropout.pooled)
        linears =
            configuration.hidden > 0
            ? [first, linear("classifier.output", dropout.hidden)] : [first]
    }

    func drawDropout(using generator: inout SeededGenerator) {
        for linear in linears { linear.dropout.draw(using: &generator) }
    }

    /// The logits, (B, C), of pooled features, (B, P·E); valid until the next call.
    func forward(_ pooled: Matrix, training: Bool) -> Matrix {
        var output = linears[0].forward(pooled, training: training)
        for linear in linears.dropFirst() {
            for index in 0..<output.count { output.base[index] = max(0, output.base[index]) }
            output = linear.forward(output, training: training)
        }
        return output
    }

    /// From the logits' gradient, (B, C), adds the gradients of the weights and writes `dPooled`.
    func backward(dLogits: Matrix) {
        var dOutput = dLogits
        for (index, linear) in linears.enumerated().reversed() {
            linear.backward(dOutput: dOutput)
            dOutput = linear.dInput
            guard index > 0 else { continue }
            // Where ReLU gave zero, dropout or not, the layer's input is zero.
            for unit in 0..<dOutput.count where linear.input.base[unit] <= 0 {
                dOutput.base[unit] = 0
            }
        }
    }
}

/// y = dropout(x)·Wᵀ + b, for B rows.
private final class Linear {
    let dropout: DropoutMask
    /// What enters the product, after dropout: (B, I).
    let input: Matrix
    let dInput: Matrix  // (B, I)
    private let output: Matrix  // (B, O)
    private let weight: Matrix  // (O, I)
    private let bias: Matrix  // (1, O)
    private let gradientWeight: Matrix
    private let gradientBias: Matrix
    private let buffer: FloatBuffer

    init(
        _ name: String, weights: ParameterSet, gradients: ParameterSet, streams: Int, dropout: Float
    ) {
        guard let weight = weights.tensor(named: name + ".weight"),
            let bias = weights.tensor(named: name + ".bias")
        else { preconditionFailure("a classifier has \(name)") }
        self.weight = weights.matrix(weight)
        self.bias = weights.matrix(bias)
        gradientWeight = gradients.matrix(weight)
        gradientBias = gradients.matrix(bias)
        let (outputs, inputs) = (weight.shape[0], weight.shape[1])
        self.dropout = DropoutMask(rate: dropout, rows: streams, columns: inputs)
        buffer = FloatBuffer(zeros: streams * (2 * inputs + outputs))
        input = buffer.matrix(rows: streams, columns: inputs)
        dInput = buffer.matrix(offset: streams * inputs, rows: streams, columns: inputs)
        output = buffer.matrix(offset: 2 * streams * inputs, rows: streams, columns: outputs)
    }

    func forward(_ x: Matrix, training: Bool) -> Matrix {
        input.copy(from: x)
        if training { dropout.apply(to: input) }
        output.setProduct(input, .asIs, weight, .transposed)
        output.add(bias: bias)
        return output
    }

    func backward(dOutput: Matrix) {
        gradientWeight.setProduct(dOutput, .transposed, input, .asIs, accumulating: true)
        gradientBias.addRowSums(of: dOutput)
        dInput.setProduct(dOutput, .asIs, weight, .asIs)
        dropout.apply(to: dInput)
    }
}
