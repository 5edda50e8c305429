import ArgumentParser
import Clara

struct OriginalityCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find the longest runs that a piece shares with others; check may be left out.",
        discussion: """
            A run is chord after chord the same in both pieces, all instruments together, in one \
            transposition. An exact one has the rhythm as well, at any tempo. A near one may have any \
            rhythm, and for each four notes that are shared a chord that is changed, left out or put \
            in. Its length is in notes; what comes again within it counts once, so that no trill is \
            long. Of Clara's takes the new music alone is compared, not the prompt.

            Pieces by people share something too: the last lines tell how much. What is longer than \
            a phrase of \(OriginalityText.phrase) notes is hardly chance.

            Examples:
              clara originality out/waltz-in-a-minor-414333.mid
              clara originality take.mid --model mine.safetensors --json
              clara originality take.mid --data Waltzes Preludes --runs 3
              clara originality take.mid --library mine.sqlite --composer chopin
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "piece.mid"))
    var piece: String

    @Option(
        help: ArgumentHelp(
            "The model whose index to compare with: a file, or the name of one in Models/ "
                + "(default: piano)."))
    var model: String?

    @Option(help: ArgumentHelp("An index that lies elsewhere.", valueName: "file"))
    var index: String?

    @OptionGroup var music: MusicChoice

    @Option(parsing: .unconditional, help: "How many runs of each kind to list, 1 to 1000.")
    var runs = 5

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard [model != nil, index != nil, music.isGiven].count(where: \.self) <= 1 else {
            throw ValidationError(
                "Compare with one of these: a model, an index, or folders and a library.")
        }
        guard (1...1000).contains(runs) else {
            throw ValidationError("--runs is a whole number from 1 to 1000, not \(runs)")
        }
    }

    func run() throws {
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let source = try source(progress)
        let report = try OriginalityReport(
            ofFile: piece, comparedWith: source, runs: runs)
        let lines = [report.summary] + SkippedFiles(source.skipped.map(\.entry)).lines(atMost: 3)
        try progress.say(json ? report.jsonText() : lines.joined(separator: "\n"))
    }

    private func source(_ progress: ProgressLine) throws -> OriginalitySource {
        if let index { return try OriginalitySource(index: index) }
        guard music.isGiven else {
            let path = try ModelLocator.here.path(of: model ?? "piano")
            return try OriginalitySource(besideModel: path)
        }
        let time = TimeLeft()
        return try OriginalitySource(reading: music.source()) { done, all in
            let share = Double(done) / Double(all)
            progress.show(
                "reading \(done.grouped) of \(all.of("file")): \(time.text(share: share))")
        }
    }
}
