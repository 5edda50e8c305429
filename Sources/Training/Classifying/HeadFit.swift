import Networks
import Tensors

extension SequenceClassifier {
    /// Trains a head of one layer to its end, on the features as they are (linear probing; Kumar et al. 2022:
    /// better before fine-tuning than a random head), and leaves it in the weights.
    ///
    /// - Parameters:
    ///   - training: each piece once, in one of its variants that the seed chooses.
    ///   - heldOut: chooses how strongly large weights are punished.
    ///   - progress: called with the share done, 0…1.
    package func fitHead(
        _ training: LabelledSource, heldOut: LabelledSource, seed: UInt64,
        progress: (Double) -> Void = { _ in }
    ) {
        precondition(configuration.hidden == 0, "the head has one layer")
        var generator = SeededGenerator(seed: seed, stream: 1 << 43)
        let variants = (0..<training.count).map { _ in
            Int.random(in: 0..<training.pieces.variants, using: &generator)
        }
        let features = rows(
            of: training.pieces, variants: variants, progress: progress, self.features)
        let judged = rows(of: heldOut.pieces, self.features)
        let head = SoftmaxRegression(
            .init(features: features, labels: training.labels),
            judgedOn: .init(features: judged, labels: heldOut.labels),
            classes: configuration.classes.count)
        set("classifier.output.weight", to: head.weights)
        set("classifier.output.bias", to: head.bias)
    }

    private func set(_ name: String, to values: [Float]) {
        guard let tensor = weights.tensor(named: name) else {
            preconditionFailure("a classifier has a head")
        }
        _ = weights.values(of: tensor).update(fromContentsOf: values)
    }
}
