import Foundation
import Networks
import Tensors

/// Trains a language model by truncated backpropagation through time with carried state.
///
/// For one seed, one number of threads and one corpus the weights come out the same, whether the run
/// was interrupted and resumed from its checkpoint or not; a run of given seconds excepted, whose
/// number of steps depends on the machine. Memory is planned at `init`: a step allocates nothing,
/// unless a piece begins in it.
package final class Trainer {
    package let model: LanguageModel
    let settings: TrainingSettings
    let windows: WindowLengths
    private let validation: any PieceSource
    private let optimiser: Adam
    private let averaged: AveragedWeights
    private let best: BestWeights
    private let checkpoint: Checkpoint
    /// Seconds from one checkpoint to the next.
    private let saveInterval: Double
    private let clock: ContinuousClock
    var state: RunState
    private var generator: SeededGenerator
    private(set) var streams: PieceStreams
    private var window: TokenWindow
    /// Whether the checkpoint is of this run; before the first it may be of one long past.
    private var isSaved = false

    /// - Parameters:
    ///   - start: weights of the settings' network to begin with, instead of random ones.
    ///   - ancestor: the hash of the model that these are of.
    ///   - checkpointPath: where the state is kept while the run is not over.
    ///   - resuming: goes on from the checkpoint if there is one; otherwise starts anew over it.
    /// - Throws: `TrainingError` or `SafetensorsError` when the checkpoint is of no use.
    package init(
        _ settings: TrainingSettings, from start: ParameterSet? = nil, of ancestor: String? = nil,
        training: any PieceSource, validation: any PieceSource, checkpointPath: String,
        resuming: Bool, saveInterval: Double = 15, threads: Int = ThreadTeam.processorCount
    ) throws {
        self.settings = settings
        self.validation = validation
        self.saveInterval = saveInterval
        clock = ContinuousClock()
        windows = settings.windows
        model = LanguageModel(
            configuration: settings.network,
            weights: start
                ?? settings.network.randomWeights(
                    seed: settings.seed, embeddingRange: settings.embeddingRange),
            steps: windows.most, streams: settings.streams, regularisation: settings.regularisation,
            team: ThreadTeam(threads: threads))
        optimiser = Adam(settings.optimiser, for: model.weights)
        averaged = AveragedWeights(settings.average, for: model.weights)
        best = BestWeights(for: model.weights, isKept: settings.keepsBest)
        checkpoint = Checkpoint(path: checkpointPath)
        generator = SeededGenerator(seed: settings.seed, stream: 1 << 41)
        streams = PieceStreams(training, streams: settings.streams, seed: settings.seed)
        window = streams.window(steps: windows.most)
        state = RunState(
            settings: settings, corpus: training.hash, ancestor: ancestor,
            generator: generator.state.words,
            position: streams.position)
        state.totalSteps = settings.totalSteps(over: training)
        if resuming, checkpoint.exists { try restore(training) }
    }

    private func restore(_ training: any PieceSource) throws {
        state = try checkpoint.load(expecting: state, tensors)
        guard let words = SeededGenerator.State(words: state.generator),
            averaged.restore(state.average), best.restore(state.best),
            let resumed = PieceStreams(
                training, streams: settings.streams, seed: settings.seed, from: state.position)
        else { throw TrainingError.unreadableCheckpoint(path: checkpoint.path) }
        isSaved = true
        generator = SeededGenerator(state: words)
        streams = resumed
    }

    private var tensors: Checkpoint.Tensors {
        .init(
            model: model, optimiser: optimiser, average: averaged.average, best: best.weights)
    }

    /// Steps done so far; more than 0 after resuming.
    package var stepsDone: Int { state.step }

    /// What the run has come to: the best weights where they are kept, or the averaged where there is
    /// an average, else the present.
    package var weights: ParameterSet { best.weights(or: averaged.weights(or: model.weights)) }

    /// Trains to the end of the run, or until `shouldStop`; the state is then in the checkpoint.
    ///
    /// - Returns: whether the run is over. Its checkpoint is then of no more use: `finish()`.
    package func run(
        shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) -> Void = { _ in }
    ) throws -> Bool {
        var meter = Meter(start: clock.now)
        var saved = clock.now
        var reported = clock.now
        while !isOver || state.isValidationDue {
            if !state.isValidationDue {
                let nats = try step()
                meter.count(nats: nats, tokens: window.targets.count { $0 >= 0 })
            }
            if isOver || clock.now - reported > .seconds(1) {
                onEvent(.progressed(progress(meter.read(at: clock.now))))
                reported = clock.now
            }
            var stopping = false
            if state.isValidationDue {
                stopping = !validateNow(shouldStop, onEvent)
                meter = Meter(start: clock.now)
            }
            stopping = stopping || shouldStop()
            if stopping || isOver || clock.now - saved > .seconds(saveInterval) {
                try save()
                saved = clock.now
                onEvent(.saved(step: state.step))
            }
            if stopping { break }
        }
        return isOver && !state.isValidationDue
    }

    /// One window: forward, backward, and a step of the optimiser. Returns the window's nats.
    private func step() throws -> Double {
        let start = clock.now
        let steps = windows.steps(at: state.step)
        streams.next(steps, into: &window)
        let nats = model.differentiate(window, using: &generator)
        guard nats.isFinite else { throw diverged(atStep: state.step + 1, lossIsFinite: false) }
        let norm = optimiser.update(
            model.weights, gradients: model.gradients, step: state.step + 1,
            rate: rate * windows.rateFactor(ofSteps: steps), clip: settings.clip,
            beta1: settings.schedule.beta1(at: place))
        guard norm.isFinite else { throw diverged(atStep: state.step + 1) }
        averaged.update(from: model.weights)
        state.step += 1
        state.seconds += (clock.now - start) / .seconds(1)
        fixLength()
        // Of the last weights only where they may be the best.
        state.isValidationDue =
            isOver ? settings.keepsBest : state.step % settings.validationInterval == 0
        return nats
    }

    /// The validation that is due; false when it was stopped, and is due still.
    private func validateNow(
        _ shouldStop: () -> Bool, _ onEvent: (TrainingEvent) -> Void
    ) -> Bool {
        let result = scoreValidation { share in
            onEvent(.validating(step: state.step, share: share))
            return share == 1 || !shouldStop()
        }
        guard let result else { return false }
        if result.tokens > 0 { averaged.noteValidation(natsPerToken: result.natsPerToken) }
        best.note(result, step: state.step, of: averaged.weights(or: model.weights))
        state.isValidationDue = false
        onEvent(.validated(step: state.step, result: result))
        return true
    }

    /// Which validation gave `weights`; nil where they are not those of the best.
    package var bestValidation: BestWeights.Validation? { best.validation }

    /// How `weights` score the validation pieces.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    package func validate(progress: (Double) -> Void = { _ in }) -> PieceScorer.Result {
        if let validation = best.validation { return validation.result }
        let result = scoreValidation { share in
            progress(share)
            return true
        }
        return result ?? PieceScorer.Result()
    }

    private func scoreValidation(while goesOn: (Double) -> Bool) -> PieceScorer.Result? {
        averaged.exchange(with: model.weights)
        defer { averaged.exchange(with: model.weights) }
        return PieceScorer(model).attemptScore(of: validation, while: goesOn)
    }

    /// Removes the checkpoint, once the model is safe elsewhere.
    package func finish() { checkpoint.remove() }

    private func diverged(atStep step: Int, lossIsFinite: Bool = true) -> TrainingError {
        .diverged(
            step: step, place: Divergence.place(in: model, lossIsFinite: lossIsFinite),
            checkpoint: isSaved ? checkpoint.path : nil)
    }

    private func save() throws {
        // A last step's weights may have overflown although its gradients were finite.
        guard Kernels.sumOfSquares(model.weights.buffer).isFinite else {
            throw diverged(atStep: state.step)
        }
        state.generator = generator.state.words
        state.position = streams.position
        state.average = averaged.state
        state.best = best.validation
        try checkpoint.save(state, tensors)
        isSaved = true
    }
}
