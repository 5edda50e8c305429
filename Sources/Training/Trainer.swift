import Foundation
import Networks
import Tensors

/// Trains a language model by truncated backpropagation through time with carried state.
///
/// For one seed, one number of threads and one corpus the weights come out the same, whether the run
/// was interrupted and resumed from its checkpoint or not; a run of given seconds excepted, whose
/// number of steps depends on the machine.
package final class Trainer {
    package let model: LanguageModel
    private let settings: TrainingSettings
    private let validation: any PieceSource
    private let optimiser: AdamW
    private let checkpoint: Checkpoint
    /// Seconds from one checkpoint to the next.
    private let saveInterval: Double
    private let clock: ContinuousClock
    private var state: RunState
    private var generator: SeededGenerator
    private var streams: PieceStreams
    /// Whether the checkpoint is of this run; before the first it may be of one long past.
    private var isSaved = false

    /// - Parameters:
    ///   - checkpointPath: where the state is kept while the run is not over.
    ///   - resuming: goes on from the checkpoint if there is one; otherwise starts anew over it.
    /// - Throws: `TrainingError` or `SafetensorsError` when the checkpoint is of no use.
    package init(
        _ settings: TrainingSettings, training: any PieceSource, validation: any PieceSource,
        checkpointPath: String, resuming: Bool, saveInterval: Double = 15,
        threads: Int = ThreadTeam.processorCount
    ) throws {
        self.settings = settings
        self.validation = validation
        self.saveInterval = saveInterval
        clock = ContinuousClock()
        model = LanguageModel(
            configuration: settings.network,
            weights: settings.network.randomWeights(seed: settings.seed), steps: settings.steps,
            streams: settings.streams, regularisation: settings.regularisation,
            team: ThreadTeam(threads: threads))
        optimiser = AdamW(settings.optimiser, for: model.weights)
        checkpoint = Checkpoint(path: checkpointPath)
        generator = SeededGenerator(seed: settings.seed, stream: 1 << 41)
        streams = PieceStreams(
            training, steps: settings.steps, streams: settings.streams, seed: settings.seed)
        state = RunState(
            settings: settings, corpus: Self.hash(training), generator: generator.state.words,
            position: streams.position)
        switch settings.length {
        case .steps(let count): state.totalSteps = count
        case .epochs(let epochs): state.totalSteps = Self.steps(in: epochs, of: training, settings)
        case .seconds: break
        }
        if resuming, checkpoint.exists { try restore(training) }
    }

    private func restore(_ training: any PieceSource) throws {
        state = try checkpoint.load(expecting: state, model: model, optimiser: optimiser)
        guard let words = SeededGenerator.State(words: state.generator), state.step >= 0,
            let resumed = PieceStreams(
                training, steps: settings.steps, streams: settings.streams, seed: settings.seed,
                from: state.position)
        else { throw TrainingError.unreadableCheckpoint(path: checkpoint.path) }
        isSaved = true
        generator = SeededGenerator(state: words)
        streams = resumed
    }

    /// Steps done so far; more than 0 after resuming.
    package var stepsDone: Int { state.step }

    /// Trains to the end of the run, or until `shouldStop`; the state is then in the checkpoint.
    ///
    /// - Returns: whether the run is over. Its checkpoint is then of no more use: `finish()`.
    package func run(
        shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) -> Void = { _ in }
    ) throws -> Bool {
        var meter = Meter(start: clock.now)
        var saved = clock.now
        var reported = clock.now
        while !isOver {
            let start = clock.now
            let window = streams.next()
            let nats = model.differentiate(window, using: &generator)
            guard nats.isFinite else { throw diverged(atStep: state.step + 1) }
            let norm = optimiser.update(
                model.weights, gradients: model.gradients, step: state.step + 1, rate: rate,
                clip: settings.clip)
            guard norm.isFinite else { throw diverged(atStep: state.step + 1) }
            state.step += 1
            state.seconds += (clock.now - start) / .seconds(1)
            meter.count(nats: nats, tokens: window.targets.count { $0 >= 0 })
            fixLength()
            if isOver || clock.now - reported > .seconds(1) {
                onEvent(.progressed(progress(meter.read(at: clock.now))))
                reported = clock.now
            }
            if state.step % settings.validationInterval == 0, !isOver {
                onEvent(.validated(step: state.step, result: validate()))
                meter = Meter(start: clock.now)
            }
            let stopping = shouldStop()
            if stopping || isOver || clock.now - saved > .seconds(saveInterval) {
                try save()
                saved = clock.now
                onEvent(.saved(step: state.step))
            }
            if stopping { break }
        }
        return isOver
    }

    /// Scores the validation pieces with the present weights.
    package func validate() -> PieceScorer.Result { PieceScorer(model).score(validation) }

    /// Removes the checkpoint, once the model is safe elsewhere.
    package func finish() { checkpoint.remove() }

    private func diverged(atStep step: Int) -> TrainingError {
        .diverged(step: step, checkpoint: isSaved ? checkpoint.path : nil)
    }

    private func save() throws {
        // A last step's weights may have overflown although its gradients were finite.
        guard Kernels.sumOfSquares(model.weights.buffer).isFinite else {
            throw diverged(atStep: state.step)
        }
        state.generator = generator.state.words
        state.position = streams.position
        try checkpoint.save(state, model: model, optimiser: optimiser)
        isSaved = true
    }

    // MARK: - Length

    private var isOver: Bool { state.totalSteps.map { state.step >= $0 } ?? false }

    private var rate: Float {
        settings.schedule.rate(atStep: state.step, of: state.totalSteps)
    }

    /// A run of given seconds learns its number of steps when the plateau's time is over; one that
    /// is nearly all fall, when a hundredth of its time is, as it takes some steps to know their pace.
    private func fixLength() {
        guard state.totalSteps == nil, case .seconds(let seconds) = settings.length else { return }
        let known = max(1 - settings.schedule.decay, 0.01)
        if state.seconds >= seconds * known { state.totalSteps = Int(Double(state.step) / known) }
    }

    private static func steps(
        in epochs: Double, of source: any PieceSource, _ settings: TrainingSettings
    ) -> Int {
        let tokens = (0..<source.count).reduce(0) {
            $0 + source.tokens(ofPiece: $1, variant: 0).count
        }
        return max(1, Int(Double(tokens) * epochs) / (settings.steps * settings.streams))
    }

    private func progress(_ reading: Meter.Reading) -> TrainingProgress {
        let perStep = state.seconds / Double(max(1, state.step))
        let left: Double
        if let total = state.totalSteps {
            left = Double(total - state.step) * perStep
        } else if case .seconds(let seconds) = settings.length {
            left = max(0, seconds - state.seconds)
        } else {
            left = 0
        }
        return TrainingProgress(
            step: state.step, totalSteps: state.totalSteps, epoch: streams.epochs,
            share: state.seconds / max(1e-9, state.seconds + left),
            tokensPerSecond: reading.tokensPerSecond, secondsLeft: left,
            natsPerToken: reading.natsPerToken, learningRate: rate)
    }

    /// FNV-1a over every piece's tokens and length.
    private static func hash(_ source: any PieceSource) -> UInt64 {
        var hash = FNV1a()
        for piece in 0..<source.count {
            let tokens = source.tokens(ofPiece: piece, variant: 0)
            for value in [Int32(tokens.count)] + tokens {
                hash.combine(UInt64(UInt32(bitPattern: value)))
            }
        }
        return hash.value
    }
}

/// Nats and tokens since the last reading.
private struct Meter {
    struct Reading {
        let natsPerToken: Double
        let tokensPerSecond: Double
    }

    private var nats = 0.0
    private var tokens = 0
    private var start: ContinuousClock.Instant

    init(start: ContinuousClock.Instant) { self.start = start }

    mutating func count(nats: Double, tokens: Int) {
        self.nats += nats
        self.tokens += tokens
    }

    mutating func read(at now: ContinuousClock.Instant) -> Reading {
        defer { (nats, tokens, start) = (0, 0, now) }
        return Reading(
            natsPerToken: nats / Double(max(1, tokens)),
            tokensPerSecond: Double(tokens) / max(1e-9, (now - start) / .seconds(1)))
    }
}
