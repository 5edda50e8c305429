import Clara
import Synchronization

/// Tells how the making or measuring of a classifier goes.
final class ClassifierReporter: Sendable {
    private let terminal = Terminal()
    private let progress: ProgressLine
    private let isQuiet: Bool
    /// Since when the present part of the work is under way.
    private let time = Mutex((part: "", left: TimeLeft()))

    /// - Parameter isQuiet: whether standard output is left to the result.
    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        progress = ProgressLine(on: terminal)
    }

    /// Measures a classifier and says what came out.
    static func evaluate(
        _ evaluation: ClassifierEvaluation, of bundle: ClassifierBundle, json: Bool
    ) throws {
        let reporter = ClassifierReporter(isQuiet: json)
        let outcome = try evaluation.run(onEvent: reporter.show)
        try reporter.say(ClassifierResult(outcome, file: bundle.path), json: json)
    }

    func show(_ event: ClassifierTraining.Event) {
        switch event {
        case .reading(let done, let all):
            show("reading", "\(done.grouped) of \(all.of("file"))", done, of: all)
        case .wrote(let done, let all):
            show("writing", "\(done.grouped) of \(all.of("continuation"))", done, of: all)
        case .prepared(let preparation): tell(Self.lines(about: preparation))
        case .fittingHead(let share):
            show("fitting the head", "", Int(share * 1_000), of: 1_000)
        case .training(let step, let all, let nats):
            show(
                "training", "step \(step.grouped), \(nats.rounded(to: 3)) nats a passage", step,
                of: all)
        case .validated(let epoch, let accuracy, let nats):
            tell([
                "\(epoch == 0 ? "the head alone" : "epoch \(epoch)"): on passages for the calibration "
                    + "\(accuracy.percent(to: 1)) right, \(nats.rounded(to: 3)) nats a passage"
            ])
        case .measuring(let share): show("measuring", "", Int(share * 1_000), of: 1_000)
        case .counting(let share):
            show("counting n-grams", "", Int(share * 1_000), of: 1_000)
        }
    }

    func isStopping() { progress.showNow("stopping") }

    func clear() { progress.clear() }

    func say(_ result: ClassifierResult, json: Bool) throws {
        try progress.say(json ? result.jsonText() : result.summary)
    }

    private func show(_ part: String, _ text: String, _ done: Int, of all: Int) {
        let left = time.withLock { time in
            if time.part != part { time = (part, TimeLeft()) }
            return time.left.text(share: Double(done) / Double(max(1, all)))
        }
        progress.show(text.isEmpty ? "\(part): \(left)" : "\(part) \(text): \(left)")
    }

    private func tell(_ lines: [String]) {
        guard !isQuiet else { return }
        for line in lines { try? progress.say(line) }
    }

    private static func lines(about preparation: ClassifierTraining.Preparation) -> [String] {
        let classes = preparation.classes.map { "\($0.name) (\($0.pieces.grouped))" }
        return [
            "training on \(preparation.trained.of("piece")): \(classes.joined(separator: ", "))",
            "calibrating on \(preparation.calibrated.of("piece")), measuring on "
                + "\(preparation.heldOut.of("piece")) that the language model held out",
        ] + SkippedFiles(preparation.skipped.map(\.entry)).lines() + [
            "the network has \(preparation.weights.of("weight"))"
        ]
    }
}
