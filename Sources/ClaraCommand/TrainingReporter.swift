import ArgumentParser
import Clara
import Foundation
import Synchronization

/// Tells how a training run goes, on a terminal in one line that is written anew, otherwise in a line
/// now and then; and hears when it is to stop.
final class TrainingReporter: Sendable {
    private struct State {
        var preparation: TrainingRun.Preparation?
        var yardstick: TrainingYardstick?
        var latestLine = ContinuousClock.now
        /// Nats per token of the steps since the last validation: sum and count.
        var training = (nats: 0.0, count: 0)
    }

    /// Between two plain lines, where no terminal shows the progress.
    private static let interval = Duration.seconds(30)

    private let terminal: Terminal
    private let progress: ProgressLine
    private let isQuiet: Bool
    private let stop: StopRequest
    private let state = Mutex(State())

    /// - Parameter isQuiet: whether standard output is left to the result.
    init(_ terminal: Terminal, isQuiet: Bool) {
        self.terminal = terminal
        self.isQuiet = isQuiet
        let progress = ProgressLine(on: terminal)
        self.progress = progress
        stop = StopRequest {
            progress.clear()
            if terminal.isWatched {
                terminal.remark("stopping after this step (press Ctrl-C again to stop at once)")
            }
        }
    }

    /// Whether the run was asked to stop, once it has something to save.
    var shouldStop: Bool { stop.signal != nil }

    /// What the run found, once it is known.
    var preparation: TrainingRun.Preparation? { state.withLock { $0.preparation } }

    func show(_ event: TrainingRun.Event) {
        switch event {
        case .reading(let files, let all):
            progress.show("reading \(files.grouped) of \(all.of("file"))")
        case .prepared(let preparation):
            stop.postpone()
            state.withLock {
                $0.preparation = preparation
                $0.yardstick = TrainingYardstick(preparation)
            }
            say(Self.lines(about: preparation))
        case .training(let event): show(event)
        }
    }

    func show(_ event: BenchmarkTraining.Event) {
        switch event {
        case .prepared(let preparation):
            stop.postpone()
            state.withLock {
                $0.yardstick = TrainingYardstick(preparation)
                $0.training = (0, 0)
            }
            say(preparation.lines)
        case .training(let event): show(event)
        }
    }

    func show(_ event: BenchmarkStages.Event) {
        switch event {
        case .stage(let stage, let count, isOver: false): say(["", "stage \(stage) of \(count)"])
        case .stage(let stage, let count, isOver: true):
            say(["stage \(stage) of \(count) was trained before"])
        case .training(let event): show(event)
        }
    }

    func show(_ event: BenchmarkSeeds.Event) {
        switch event {
        case .seed(let seed, isOver: false): say(["", "seed \(seed)"])
        case .seed(let seed, isOver: true): say(["seed \(seed) was trained before"])
        case .training(let event): show(event)
        case .measuring(let share): progress.show("measuring: \(Int(100 * share)) %")
        }
    }

    private func show(_ event: TrainingRun.StepEvent) {
        switch event {
        case .progressed(let step):
            state.withLock {
                $0.training.nats += step.natsPerToken; $0.training.count += 1
            }
            progress.show(Self.line(about: step))
            if !terminal.isWatched, isTimeForALine() { say([Self.line(about: step)]) }
        case .validating(let step, let share):
            progress.show("step \(step.grouped), validating: \(Int(100 * share)) %")
        case .validated(let step, let result):
            say(validationLine(step: step, nats: result.nats, tokens: result.tokens))
        case .saved: break
        }
    }

    /// The run is over.
    ///
    /// - Parameter checkpoint: where its state is if it was stopped before its end.
    /// - Throws: the code to end with, when it was stopped.
    func end(stoppedAt checkpoint: String?) throws(ExitCode) {
        progress.clear()
        if let checkpoint { throw stop.farewell(checkpoint: checkpoint) }
    }

    private func say(_ lines: [String]) {
        progress.clear()
        guard !isQuiet else { return }
        // Training goes on when nobody reads about it any more.
        for line in lines { try? terminal.say(line) }
    }

    /// Nothing where no piece was held out.
    private func validationLine(step: Int, nats: Double, tokens: Int) -> [String] {
        let (yardstick, training) = state.withLock { state in
            defer { state.training = (0, 0) }
            return (state.yardstick, state.training)
        }
        guard let yardstick, tokens > 0 else { return [] }
        var sides = ["validation \(yardstick.validation(nats / Double(tokens)))"]
        if training.count > 0 {
            let mean = training.nats / Double(training.count)
            sides.insert("training \(yardstick.training(mean))", at: 0)
        }
        return ["step \(step.grouped): \(sides.joined(separator: "; "))"]
    }

    private func isTimeForALine() -> Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.latestLine >= Self.interval else { return false }
            state.latestLine = now
            return true
        }
    }
}

extension TrainingReporter {
    private static func line(about step: TrainingRun.Progress) -> String {
        let steps = step.totalSteps.map { "\(step.step.grouped)/\($0.grouped)" }
        return [
            "step \(steps ?? step.step.grouped)", "epoch \(step.epoch.rounded(to: 2))",
            "\(Int(step.tokensPerSecond).grouped) tokens/s",
            "\(step.natsPerToken.rounded(to: 3)) nats/token",
            "\(TimeLeft.text(seconds: step.secondsLeft)) left",
        ].joined(separator: ", ")
    }

    private static func lines(about preparation: TrainingRun.Preparation) -> [String] {
        var notes: [String] = []
        if preparation.duplicateGroups > 0 {
            let groups = preparation.duplicateGroups.of("group")
            notes.append("\(groups) of pieces that are the same music, each kept on one side")
        }
        if preparation.validation.pieces == 0 {
            notes.append(
                "nothing is held out of so little music: no figure will tell how well it is learnt")
        }
        if !preparation.styles.isEmpty {
            let styles = preparation.styles.map { "\($0.name) (\($0.pieces.grouped))" }
            notes.append("telling of styles: \(styles.joined(separator: ", "))")
        }
        notes += SkippedFiles(preparation.skipped.map(\.entry)).lines()
        return lines(
            training: text(preparation.training), validation: text(preparation.validation),
            notes: notes, weights: preparation.weights, stepsDone: preparation.stepsDone)
    }

    /// What a run of any kind begins with.
    ///
    /// - Parameter notes: what else there is to say about the music.
    static func lines(
        training: String, validation: String, notes: [String] = [], weights: Int, stepsDone: Int
    ) -> [String] {
        let lines =
            ["training on \(training), in twelve keys", "validating on \(validation)"] + notes
            + ["the network has \(weights.of("weight"))"]
        return stepsDone > 0 ? lines + ["going on after step \(stepsDone.grouped)"] : lines
    }

    private static func text(_ amount: Provenance.Amount) -> String {
        [amount.pieces.of("piece"), amount.notes.of("note"), amount.tokens.of("token")]
            .joined(separator: ", ")
    }
}
