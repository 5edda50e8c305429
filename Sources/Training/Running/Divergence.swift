import CKernels
import Networks
import Tensors

/// Where a network's numbers stopped being finite.
enum Divergence {
    /// After a step whose loss, or the norm of whose gradients, is no finite number: the weights or
    /// the gradient of a tensor by its name, or a layer's activations.
    static func place(in model: LanguageModel, lossIsFinite: Bool) -> String {
        if let place = weights(model.weights) { return place }
        if !lossIsFinite { return activations(in: model) }
        return gradients(model.gradients) ?? "the gradients"
    }

    /// The same of a classifier, whose activations are not told apart.
    static func place(in classifier: SequenceClassifier) -> String {
        weights(classifier.weights) ?? gradients(classifier.gradients)
            ?? "the features of a batch"
    }

    private static func weights(_ set: ParameterSet) -> String? {
        set.tensors.first { !isFinite($0, in: set) }.map { "the weights of \($0.name)" }
    }

    /// Gradients flow from the output down, and carry what is not finite along: where it began is the last
    /// tensor. The embeddings, at the front of the set, are reached at last.
    private static func gradients(_ set: ParameterSet) -> String? {
        set.tensors.last { !isFinite($0, in: set) }.map { "the gradients of \($0.name)" }
    }

    /// The first layer that carries on what is no finite number, or the output after the last.
    private static func activations(in model: LanguageModel) -> String {
        var layers: [Substring] = []
        for tensor in model.weights.tensors {
            // Layers are numbered: "lstm.0.weight_ih", "transformer.3.norm1.weight".
            let parts = tensor.name.split(separator: ".")
            guard parts.count > 2, Int(parts[1]) != nil else { continue }
            let layer = tensor.name.prefix(parts[0].count + 1 + parts[1].count)
            if layers.last != layer { layers.append(layer) }
        }
        // As many states of each layer, in turn, and perhaps some of all.
        let states = model.carriedStates
        let bad = states.firstIndex { !clara_sum_of_squares($0.base, $0.count).isFinite }
        let perLayer = states.count / max(1, layers.count)
        guard let bad, perLayer > 0, bad / perLayer < layers.count else {
            return "the activations of the output"
        }
        return "the activations of \(layers[bad / perLayer])"
    }

    private static func isFinite(_ tensor: ParameterSet.Tensor, in set: ParameterSet) -> Bool {
        clara_sum_of_squares(set.buffer.base + tensor.offset, tensor.count).isFinite
    }
}
