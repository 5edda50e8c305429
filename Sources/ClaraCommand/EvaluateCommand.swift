import ArgumentParser
import Clara

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure how well a model foresees music.",
        discussion: """
            Tells how many nats per token and bits per note a model needs for the pieces in the \
            folders, or those that the library has as asked for: the fewer, the better it knows what comes next. Only pieces that the model was \
            not trained on tell something; with the folder that it was trained on, choose \
            --split validation.

            --baseline puts the best n-gram model beside it (orders 1 to 6, Kneser-Ney or \
            Witten-Bell smoothing), counted on the files of another folder, or of the same one: \
            pieces that are measured, and duplicates of them, are not counted. With \
            --baseline-in-all-keys it is counted in all twelve keys, in which models are trained: \
            a stronger one, for twelve times the time and memory.

            Examples:
              clara evaluate --model piano --data Examples/tiny
              clara evaluate --model my.safetensors --data Waltzes --split validation
              clara evaluate --model piano --data Examples/tiny --precision int8
              clara evaluate --model my.safetensors --data Waltzes \\
                  --split validation --baseline Waltzes --json
              clara evaluate --model my.safetensors --library mine.sqlite --composer chopin
            """)

    @OptionGroup var source: ModelAndDataOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Folders of MIDI files to count n-grams on.", valueName: "training-dir"))
    var baseline: [String] = []

    @Flag(help: "Count the baseline in all twelve keys.")
    var baselineInAllKeys = false

    @Option(
        help: ArgumentHelp(
            "The pieces to measure: all, or those that training on these folders held out "
                + "(validation) or did not (training).", valueName: "side"))
    var split = Evaluation.Side.all

    @Option(
        help: ArgumentHelp(
            "Measure the weights as they generate, rounded so; without, in single precision by the "
                + "network of training."))
    var precision: WeightPrecision?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if baselineInAllKeys, baseline.isEmpty {
            throw ValidationError("--baseline-in-all-keys needs --baseline <training-dir>")
        }
    }

    func run() throws {
        let terminal = Terminal()
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        let bundle = try source.bundle(precision ?? .float16)
        let reporter = EvaluationReporter(progress)
        let evaluation = try Evaluation(
            of: bundle, on: source.music.source(), side: split, baseline: baseline,
            baselineInAllKeys: baselineInAllKeys, isAsGenerated: precision != nil)
        let outcome = try evaluation.run { reporter.show($0) }
        let result = EvaluationResult(
            outcome, model: bundle, side: split, precision: precision)
        try progress.say(json ? result.jsonText() : result.summary)
        if !outcome.isAsInTraining, terminal.isWatched {
            terminal.remark(EvaluationResult.otherPieces)
        }
    }
}

extension Evaluation.Side: ExpressibleByArgument {}
