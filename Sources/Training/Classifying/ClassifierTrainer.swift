import Foundation
import Networks
import Tensors

/// Trains a sequence classifier, from random or from a language model's weights (ULMFiT; Howard &
/// Ruder 2018).
///
/// For one seed, one number of threads and the same pieces the weights come out the same.
package final class ClassifierTrainer {
    package let classifier: SequenceClassifier
    package let settings: ClassifierTrainingSettings
    private let training: LabelledSource
    private let heldOut: LabelledSource?
    private let buckets: LengthBuckets
    private let optimiser: GroupedAdam
    private var generator: SeededGenerator
    private var step = 0
    /// The present epoch's batches.
    private var order: [[Int]] = []

    /// - Parameters:
    ///   - heldOut: scored after every epoch.
    ///   - pretrained: a language model's weights to start from; random ones if nil.
    /// - Throws: `WeightsMismatch` when the pretrained weights are of another network.
    package init(
        _ settings: ClassifierTrainingSettings, training: LabelledSource,
        heldOut: LabelledSource? = nil, pretrained: ParameterSet? = nil,
        threads: Int = ThreadTeam.processorCount
    ) throws(WeightsMismatch) {
        self.settings = settings
        self.training = training
        self.heldOut = heldOut
        let weights =
            if let pretrained {
                try settings.classifier.weights(pretrained: pretrained, seed: settings.seed)
            } else {
                settings.classifier.randomWeights(seed: settings.seed)
            }
        classifier = SequenceClassifier(
            configuration: settings.classifier, weights: weights, steps: settings.steps,
            streams: settings.streams,
            windows: (training.longest + settings.steps - 1) / settings.steps,
            regularisation: settings.regularisation, headDropout: settings.headDropout,
            team: ThreadTeam(threads: threads))
        buckets = LengthBuckets(
            lengths: training.lengths, size: settings.streams, seed: settings.seed)
        optimiser = GroupedAdam(settings.optimiser, for: weights, groups: classifier.groups)
        generator = SeededGenerator(seed: settings.seed, stream: 1 << 41)
    }

    /// Steps in all.
    package var totalSteps: Int { settings.epochs * buckets.count }

    /// Trains to the end of the run, or until `shouldStop`; a later call goes on from there.
    ///
    /// - Returns: whether the run is over.
    /// - Throws: `TrainingError.diverged`; the weights are then those before the failing step.
    @discardableResult
    package func run(
        shouldStop: () -> Bool = { false },
        onEvent: (ClassifierTrainingEvent) -> Void = { _ in }
    ) throws(TrainingError) -> Bool {
        while step < totalSteps {
            let (epoch, index) = step.quotientAndRemainder(dividingBy: buckets.count)
            let first = settings.unfreezing.firstGroup(
                inEpoch: epoch, of: classifier.groups.count)
            if index == 0 {
                order = buckets.batches(ofEpoch: epoch)
                onEvent(.began(epoch: epoch, firstGroup: first))
            }
            let batch = training.batch(order[index]) {
                training.pieces.variant(ofPiece: $0, epoch: epoch, seed: settings.seed)
            }
            onEvent(try learn(from: batch, first: first))
            if index == buckets.count - 1, let heldOut {
                onEvent(.evaluated(epoch: epoch, score: classifier.score(heldOut)))
            }
            if shouldStop() { break }
        }
        return step == totalSteps
    }

    private func learn(
        from batch: SequenceBatch, first: Int
    ) throws(TrainingError) -> ClassifierTrainingEvent {
        let place = LearningRateSchedule.Place(step: step, of: totalSteps)
        let rate = settings.schedule.rate(at: place)
        let nats = classifier.differentiate(batch, from: first, using: &generator)
        let head = classifier.groups.head
        let rates = (0...head).map { rate / pow(settings.layerFactor, Float(head - $0)) }
        guard nats.isFinite,
            optimiser.update(
                classifier.weights, gradients: classifier.gradients, from: first, rates: rates,
                clip: settings.clip, beta1: settings.schedule.beta1(at: place)
            ).isFinite
        else {
            throw .diverged(
                step: step + 1, place: Divergence.place(in: classifier), checkpoint: nil)
        }
        step += 1
        return .progressed(
            step: step, totalSteps: totalSteps,
            natsPerPiece: nats / Double(batch.sequences.count), learningRate: rate)
    }
}
