import ArgumentParser
import Clara
import Synchronization

struct SamplesBenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples",
        abstract: "Compare continuations with what the composers wrote.",
        discussion: """
            Continues prompts from held-out pieces, one take each by every model and by an n-gram model \
            counted on the other pieces, and measures them beside the composers' own continuations: \
            entropy of pitch classes, rhythm, repetition, distributions of features, loops and silences, \
            runs copied from the training music, and whether a plain classifier, trained afresh, tells \
            them apart, and by what. Documentation/Samples.md explains each figure. Copied runs are looked for in the \
            index beside the first model, or in the pieces that it was trained on.

            Examples:
              clara benchmark samples --model piano --data ~/Music/MIDI --takes 60
              clara benchmark samples --model piano --model mine.safetensors \\
                  --data ~/Music/MIDI --plots samples.svg
              clara benchmark samples --model piano --data Examples/tiny --split all \\
                  --takes 6 --prompt-bars 4 --bars 4 --json
            """)

    @Option(
        help: ArgumentHelp(
            "A model's file, or the name of one in Models/; given several times, all continue the "
                + "same prompts.", valueName: "model"))
    var model: [String]

    @OptionGroup var music: MusicOptions

    @Option(
        help: ArgumentHelp(
            "Where prompts come from: the validation side, which every model held out, or all "
                + "pieces; then there is no n-gram model.", valueName: "split"))
    var split = Evaluation.Side.validation

    @Option(help: "How many prompts.")
    var takes = 200

    @Option(help: "Bars of each prompt.")
    var promptBars = 8

    @Option(help: "Bars of each continuation.")
    var bars = 16

    @OptionGroup(title: "Samplers") var samplers: SamplerOptions

    @Option(help: "Chooses the prompts; the first take's seed, the next ones follow.")
    var seed = 1

    @Option(
        help: ArgumentHelp(
            "A picture to write: how each measure is distributed.", valueName: "plots.svg"))
    var plots: String?

    @Flag(help: "Print the result, take by take, as one JSON object.")
    var json = false

    func run() throws {
        if let plots {
            try OutputFile(plots).check(isOf: .svg)
        }
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let models = try model.map { try ModelBundle(path: ModelLocator.here.path(of: $0)) }
        let benchmark = try SamplesBenchmark(
            of: models, on: music.source(), side: split, count: takes, promptBars: promptBars,
            continuationBars: bars, sampling: samplers.settings(), seed: seed)
        let report = try benchmark.run(onEvent: Self.shower(on: progress))
        if let plots { try OutputFile(plots).write(SamplesPage(of: report).svg) }
        try progress.say(json ? report.jsonText() : report.summary)
    }

    private static func shower(
        on progress: ProgressLine
    ) -> @Sendable (SamplesBenchmark.Event) -> Void {
        let writing = StageTime()
        let measuring = StageTime()
        return { event in
            switch event {
            case .reading(let files, let all):
                progress.show("reading \(files.grouped) of \(all.of("file"))")
            case .counting:
                progress.showNow("counting n-grams")
            case .wrote(let count, let all):
                progress.show("continuing prompt \(writing.text(count, of: all))")
            case .measured(let count, let all):
                progress.show("measuring \(measuring.text(count, of: all))")
            case .comparing:
                progress.showNow("comparing, training critics")
            }
        }
    }
}

/// The time that a stage of the work takes, from when it first tells of itself.
private final class StageTime: Sendable {
    private let time = Mutex<TimeLeft?>(nil)

    func text(_ count: Int, of all: Int) -> String {
        let time = time.withLock { time in
            let started = time ?? TimeLeft()
            time = started
            return started
        }
        return "\(count.grouped) of \(all.grouped): "
            + time.text(share: Double(count) / Double(all))
    }
}
