import ArgumentParser
import Clara

struct OriginalityIndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Make the index of the music that a model was trained on.",
        discussion: """
            Reads the music and writes an index beside the model, or where --output says: hashes of \
            what the pieces are like, some three bytes a chord, and their names. Give the music that \
            the model was trained on; what it held out in training stays out, and tells how much \
            pieces by people share by chance. Without a model that is measured on pieces of the \
            index, each against the others.

            Examples:
              clara originality index --model mine.safetensors --data Waltzes Preludes
              clara originality index --data Waltzes -o waltzes.originality
              clara originality index --library mine.sqlite --style jazz -o jazz.originality
            """)

    @OptionGroup var music: MusicOptions

    @Option(help: "The model that was trained on it: a file, or the name of one in Models/.")
    var model: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the index (default: beside the model).", valueName: "file"))
    var output: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if model == nil, output == nil {
            throw ValidationError(
                "Missing expected argument '--model <model>' or '--output <file>'")
        }
    }

    func run() throws {
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let time = TimeLeft()
        let bundle = try model.map { try ModelBundle(path: ModelLocator.here.path(of: $0)) }
        let path = output ?? bundle.map { OriginalitySource.path(besideModel: $0.path) } ?? ""
        try OutputFile(path).check(isOf: .originalityIndex)
        let indexing = try OriginalityIndexing(music.source(), of: bundle)
        let outcome = try indexing.run { event in
            switch event {
            case .reading(let done, let all):
                progress.show("reading \(done.grouped) of \(all.of("file"))")
            case .comparing:
                progress.showNow("looking for duplicates …")
            case .measuring(let done, let all):
                progress.show("measuring \(done.grouped) of \(all.of("piece"))")
            }
        }
        try outcome.write(to: path)
        let result = Result(outcome, path: path, seconds: time.secondsPassed)
        try progress.say(json ? result.jsonText() : result.summary)
    }

    struct Result: Encodable {
        let file: String
        let pieces: Int
        let heldOut: Int
        let chords: Int
        let bytes: Int
        let seconds: Double
        let skipped: [Corpus.Skipped.Entry]

        init(_ outcome: OriginalityIndexing.Outcome, path: String, seconds: Double) {
            file = path
            pieces = outcome.source.pieces
            heldOut = outcome.heldOut
            chords = outcome.source.chords
            bytes = outcome.size
            self.seconds = seconds
            skipped = outcome.source.skipped.map(\.entry)
        }

        fileprivate var summary: String {
            let size = (Double(bytes) / 1e6).rounded(to: 2)
            let line =
                "\(file.onOneLine): \(pieces.of("piece")), \(chords.of("chord")), \(size) MB, "
                + "in \(seconds.rounded(to: 1)) s"
                + (heldOut > 0 ? "; \(heldOut.of("piece")) that the model held out left out" : "")
            return ([line] + SkippedFiles(skipped).lines()).joined(separator: "\n")
        }
    }
}
