import Tensors

/// The weights of a classifier from its bottom to its top: the embedding, each layer, the head; what
/// gradual unfreezing trains or leaves alone, and what has learning rates of its own.
package struct ParameterGroups: Hashable, Sendable {
    /// Of each group the runs of numbers in the `ParameterSet`'s buffer.
    package let ranges: [[Range<Int>]]

    /// - Parameter weights: tensors of a classifier's shapes.
    package init(_ weights: ParameterSet) {
        let numbers = weights.tensors.map { Self.layer(of: $0.name) }
        let layers = 1 + numbers.reduce(-1) { max($0, $1 ?? -1) }
        var ranges = [[Range<Int>]](repeating: [], count: layers + 2)
        for (tensor, layer) in zip(weights.tensors, numbers) {
            let group: Int
            if let layer {
                group = 1 + layer
            } else if tensor.name.hasPrefix("classifier.") {
                group = layers + 1
            } else if ["embedding.weight", "context.weight"].contains(tensor.name) {
                group = 0
            } else {
                // A norm behind the last layer goes with that layer.
                group = layers
            }
            let range = tensor.offset..<tensor.offset + tensor.count
            if let last = ranges[group].last, last.upperBound == range.lowerBound {
                ranges[group][ranges[group].count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges[group].append(range)
            }
        }
        self.ranges = ranges
    }

    package var count: Int { ranges.count }

    /// The group of the head, the last.
    package var head: Int { count - 1 }

    /// The number in names such as `lstm.2.bias`.
    private static func layer(of name: String) -> Int? {
        let words = name.split(separator: ".")
        return words.count > 2 ? Int(words[1]) : nil
    }
}
