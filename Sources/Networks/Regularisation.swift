/// What keeps a network from learning its pieces by heart (AWD-LSTM; Merity et al. 2018).
///
/// The rates are shares of what is set to zero in training, 0 ≤ rate < 1, each with one mask for all
/// steps of a window.
package struct Regularisation: Hashable, Sendable, Codable {
    /// Of the token ids: the whole embedding of a dropped id is zero.
    package let embedding: Float
    /// Of the context ids: the weights of a dropped id are zero.
    package let context: Float
    /// Of the embedded tokens' units, before the first layer.
    package let input: Float
    /// Of the units between layers.
    package let hidden: Float
    /// Of the last layer's units.
    package let output: Float
    /// Of the recurrent weights (DropConnect; Wan et al. 2013). LSTM only.
    package let weight: Float
    /// α of activation regularisation: α times the mean square of the features after dropout is added
    /// to the loss that is differentiated. At least 0. LSTM only.
    package let activation: Float
    /// β of temporal activation regularisation: β times the mean square of the change of the last
    /// layer's output from step to step. At least 0. LSTM only.
    package let temporalActivation: Float

    package static let none = Regularisation(known: ())

    /// Throws for a number outside its range.
    package init(
        embedding: Float = 0, context: Float = 0, input: Float = 0, hidden: Float = 0,
        output: Float = 0, weight: Float = 0, activation: Float = 0, temporalActivation: Float = 0
    ) throws(OutOfRange) {
        let rates = [
            ("embedding", embedding), ("context", context), ("input", input), ("hidden", hidden),
            ("output", output), ("weight", weight),
        ]
        for (name, value) in rates where !(0..<1).contains(value) {
            throw OutOfRange(name: name, value: value, legal: "at least 0 and below 1")
        }
        let factors = [
            ("activation", activation), ("temporal-activation", temporalActivation),
        ]
        for (name, value) in factors where !(value >= 0 && value.isFinite) {
            throw OutOfRange(name: name, value: value, legal: "a number of at least 0")
        }
        self.embedding = embedding
        self.context = context
        self.input = input
        self.hidden = hidden
        self.output = output
        self.weight = weight
        self.activation = activation
        self.temporalActivation = temporalActivation
    }

    private init(known: Void) {
        (embedding, context, input, hidden, output, weight) = (0, 0, 0, 0, 0, 0)
        (activation, temporalActivation) = (0, 0)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            embedding: values.decode(Float.self, forKey: .embedding),
            // Models of earlier versions do not say.
            context: values.decodeIfPresent(Float.self, forKey: .context) ?? 0,
            input: values.decode(Float.self, forKey: .input),
            hidden: values.decode(Float.self, forKey: .hidden),
            output: values.decode(Float.self, forKey: .output),
            weight: values.decode(Float.self, forKey: .weight),
            activation: values.decode(Float.self, forKey: .activation),
            temporalActivation: values.decode(Float.self, forKey: .temporalActivation))
    }

    package struct OutOfRange: Error, Hashable, CustomStringConvertible {
        package let name: String
        package let value: Float
        package let legal: String

        package var description: String { "\(name) is \(value), but must be \(legal)" }
    }
}
