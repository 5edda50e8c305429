import ArgumentParser
import Clara

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Count the takes that nobody wants to hear.",
        discussion: """
            Continues prompts from anywhere in the pieces, one take each, and counts those that \
            end in an endless loop, fall silent or pile up notes, beside what the composers wrote \
            at the same places. The flags of samplers and beam search are those of clara continue.

            Examples:
              clara review --model piano --data Examples/tiny --split all --takes 20 \\
                  --prompt-bars 4 --bars 8
              clara review --model my.safetensors --data Waltzes --takes 100
              clara review --model my.safetensors --data Waltzes --temperature 0.9 --json
            """)

    @OptionGroup var source: ModelAndDataOptions

    @Option(
        help: "Where prompts come from: all pieces, or those on the validation or training side.")
    var split = Evaluation.Side.validation

    @Option(help: "How many takes.")
    var takes = 100

    @Option(help: "Bars of each prompt.")
    var promptBars = 8

    @Option(help: "Bars of each take.")
    var bars = 16

    @OptionGroup(title: "Samplers")
    var samplers: SamplerOptions

    @OptionGroup(title: "Beam search")
    var beams: BeamOptions

    @Option(help: "Chooses the prompts; the first take's seed, the next ones follow.")
    var seed = 1

    @Flag(help: "Print the result, take by take, as one JSON object.")
    var json = false

    func validate() throws {
        try beams.refuse(samplers.firstGiven)
    }

    func run() throws {
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let review = try TakeReview(
            of: source.bundle(), on: source.music.source(), side: split, count: takes,
            promptBars: promptBars,
            continuationBars: bars, sampling: samplers.settings(),
            search: beams.settings(samplers.repetition), seed: seed)
        let time = TimeLeft()
        let report = try review.run { event in
            switch event {
            case .reading(let files, let all):
                progress.show("reading \(files.grouped) of \(all.of("file"))")
            case .took(_, _, let count, let all):
                progress.show(
                    "take \(count) of \(all): \(time.text(share: Double(count) / Double(all)))")
            }
        }
        try progress.say(json ? report.jsonText() : report.summary)
    }
}

extension TakeReviewReport {
    /// For people.
    fileprivate var summary: String {
        var table = TextTable([
            ("", .left), ("passages", .right), ("loops", .right), ("silences", .right),
            ("walls", .right), ("any of these", .right),
        ])
        for (name, tally) in [("Clara", takes), ("composers", human)] {
            table.add([
                name, "\(tally.count)", "\(tally.loops)", "\(tally.silences)", "\(tally.walls)",
                tally.share.percent(to: 1),
            ])
        }
        let faults = reviewed.filter { !$0.faults.isEmpty }.map { take in
            "\(take.path), from bar \(take.bar)\(take.seed.map { ", seed \($0)" } ?? ""): "
                + take.faults.map(\.rawValue).joined(separator: ", ")
        }
        return ([table.description] + faults).joined(separator: "\n")
    }
}
