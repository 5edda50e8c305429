import ArgumentParser
import Clara
import Foundation

struct ContinueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "continue",
        abstract: "Continue a piece: give its first bars, get several ways to go on.",
        discussion: """
            Writes each take as a MIDI file: the prompt and what Clara makes of it, in the prompt's \
            tempo, meter and instruments, ending on a bar line. Drums are left out. Where the \
            prompt ends within a bar, the rest of that bar comes before the bars asked for.

            The samplers work together, in this order: the grammar (no release of a note that is \
            not sounding, no more notes at once than hands hold), repetition penalty, no-repeat, \
            temperature, top-k, top-p, min-p, choice frequency. Without temperature to choice \
            frequency: temperature 0.9. The 2018 Clara's own way is --top-k with \
            --choice-frequency: with that frequency choose among the k best, else take the best.

            A take's seed, in its file, its name and the table, makes it again: --seed N --takes 1.

            --beams N searches instead, without randomness and so without seeds: of the --expand \
            likeliest next tokens of each of N beginnings it keeps the N best, to the end. The same \
            search gives the same takes. Beginnings of one search differ little, often in the last \
            notes only: for takes that differ, give as many --beam-groups. The takes are the best \
            of each group, then the next best ones.

            Examples:
              clara continue Examples/waltz-in-a-minor.mid
              clara continue idea.mid --bars 16 --takes 8 --temperature 0.9 -o ideas
              clara continue idea.mid --top-k 5 --choice-frequency 0.8 --new-only
              clara continue idea.mid --beams 12 --beam-groups 4
              clara continue idea.mid --seconds 20 --seed 7 --json
              clara continue idea.mid --original
              clara continue idea.mid --render --roll
            """)

    @Argument(help: "A MIDI file: the beginning of a piece.")
    var prompt: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A folder for the takes, or a name that ends in .mid or .midi.", valueName: "out"))
    var output = "out"

    // Unconditional, so that -1 is told to be out of range, not taken for a flag.
    @Option(parsing: .unconditional, help: "Bars to write, 1 to 1000 (default: 8).")
    var bars: Int?

    @Option(
        parsing: .unconditional,
        help: "Seconds to write, up to the next bar line, instead of bars.")
    var seconds: Double?

    @Option(
        parsing: .unconditional,
        help: "How many continuations, 1 to 64 (default: 4; with --beams, one for each group).")
    var takes: Int?

    @Option(help: "A model's file, or the name of one in Models/.")
    var model = "piano"

    @Option(help: "How the weights are held: int8 is the fastest, float32 the most exact.")
    var precision = WeightPrecision.float16

    @OptionGroup(title: "Samplers")
    var samplers: SamplerOptions

    @OptionGroup(title: "Beam search")
    var beams: BeamOptions

    @Option(
        parsing: .unconditional,
        help: "Take 1's seed; the next ones follow (default: a new one each time).")
    var seed: Int?

    @Option(parsing: .unconditional, help: "Keys that may be down at once.")
    var maxNotes = 10

    @Flag(
        help: ArgumentHelp(
            "Copy no run longer than a phrase from the music that the model was trained on, in any "
                + "key; clara originality tells more."))
    var original = false

    @OptionGroup(title: "Sound and picture")
    var companions: CompanionOptions

    @Flag(help: "Write the new part only, not the prompt.")
    var newOnly = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if bars != nil, seconds != nil {
            throw ValidationError("--bars and --seconds exclude each other; give one of them.")
        }
        try beams.refuse(samplers.firstGiven ?? seed.map { _ in "--seed" })
    }

    /// What is asked for, in the library's terms.
    private func settings() throws -> ContinuationSettings {
        let length = seconds.map { ContinuationSettings.Length.seconds($0) } ?? .bars(bars ?? 8)
        if let search = try beams.settings(samplers.repetition) {
            return try ContinuationSettings(
                length: length, takes: takes ?? min(64, search.groups), method: .beams(search),
                maximumNotesAtOnce: maxNotes)
        }
        return try ContinuationSettings(
            length: length, takes: takes ?? 4, sampling: samplers.settings(),
            seed: seed ?? Int.random(in: 1..<1_000_000), maximumNotesAtOnce: maxNotes)
    }

    func run() throws {
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        var watch = Stopwatch()
        let settings = try settings()
        let files = TakeFiles(output: output, prompt: prompt, origins: settings.origins)
        try files.check()
        let companions = try companions.companions()
        for path in files.paths { try companions.check(beside: path) }
        let bundle = try ModelBundle(
            path: ModelLocator.here.path(of: model), precision: precision)
        let source = original ? try OriginalitySource(besideModel: bundle.path) : nil
        let load = watch.lap()
        let (score, report) = try MIDIFile.read(contentsOf: prompt, policy: .complete)
        let continuation = try Continuation(
            of: score, named: prompt, by: bundle, settings: settings, original: source)
        let read = watch.lap()
        let time = TimeLeft()
        let written = try continuation.takes(newOnly: newOnly) {
            progress.show("writing \(settings.takes.of("take")): \(time.text(share: $0))")
        }
        let generate = watch.lap()
        try files.write(written)
        let write = watch.lap()
        let made = try make(companions, of: written, beside: files.paths, progress)
        let timing = ContinuationResult.Timing(
            load: load, prompt: read, generate: generate, write: write,
            companions: companions.isEmpty ? nil : watch.lap())
        let result = ContinuationResult(
            continuation, takes: written, files: files.paths, made: made, model: bundle,
            settings: settings, isOriginal: original, repairs: report.repairs, timing: timing)
        try progress.say(json ? result.jsonText() : result.summary)
    }

    /// Sound and pictures of the takes. Who asks to stop keeps the takes, and what is made of them.
    private func make(
        _ companions: TakeCompanions, of takes: [Take], beside paths: [String],
        _ progress: ProgressLine
    ) throws -> [TakeCompanions.Made] {
        let stop = StopRequest { progress.showNow("stopping") }
        stop.postpone()
        let time = TimeLeft()
        do {
            return try zip(takes, paths).enumerated().map { index, take in
                try companions.make(
                    for: take.0, beside: take.1, shouldStop: { stop.signal != nil },
                    progress: { share in
                        let done = (Double(index) + share) / Double(takes.count)
                        progress.show(
                            "playing \(takes.count.of("take")): \(time.text(share: done))")
                    })
            }
        } catch {
            guard stop.signal != nil else { throw error }
            progress.clear()
            throw stop.farewell("\(error); all takes are there as MIDI files")
        }
    }
}

/// Tells how long each part of a task took.
private struct Stopwatch {
    private let clock = ContinuousClock()
    private var last = ContinuousClock.now

    /// Seconds since the last call, or since the beginning.
    mutating func lap() -> Double {
        defer { last = clock.now }
        return (clock.now - last) / .seconds(1)
    }
}
