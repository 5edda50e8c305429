import Clara
import Synchronization

/// Shows what an evaluation is at, each stage with its own time left.
final class EvaluationReporter: Sendable {
    private enum Stage { case network, baseline }

    private let progress: ProgressLine
    private let stage = Mutex<(stage: Stage, time: TimeLeft)?>(nil)

    init(_ progress: ProgressLine) { self.progress = progress }

    func show(_ event: Evaluation.Event) {
        switch event {
        case .reading(let files, let all):
            progress.show("reading \(files.grouped) of \(all.of("file"))")
        case .readingBaseline(let files, let all):
            progress.show("reading \(files.grouped) of \(all.of("file")) for the baseline")
        case .scoring(let share):
            progress.show("measuring the model: \(time(of: .network).text(share: share))")
        case .countingBaseline:
            progress.showNow("counting n-grams of orders 1 to 6 …")
        case .scoringBaseline(let share):
            progress.show("measuring the baseline: \(time(of: .baseline).text(share: share))")
        }
    }

    private func time(of wanted: Stage) -> TimeLeft {
        stage.withLock { current in
            if let current, current.stage == wanted { return current.time }
            let time = TimeLeft()
            current = (wanted, time)
            return time
        }
    }
}
