import ArgumentParser
import Clara

struct IdentifyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Guess who composed a piece; check may be left out.",
        discussion: """
            Ranks the composers that the classifier knows: one of them is the likeliest, whoever \
            wrote the piece. The probabilities are calibrated on pieces by those composers, the \
            bundled classifier's on some fifty, and measured on as many: enough to take a high one \
            for surer than a low one, but not to say in how many of ten pieces it will hold.

            It takes half a passage at least, by the bundled classifier 4 bars with 8 notes; where \
            other instruments play than it learnt from, the bundled one from a piano, that is remarked.

            Examples:
              clara identify unknown.mid
              clara identify unknown.mid --first 10
              clara identify unknown.mid --classifier mine.safetensors --json
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "piece.mid"))
    var piece: String

    @Option(help: "The classifier: a file, or the name of one in Models/.")
    var classifier = "composer"

    @Option(parsing: .unconditional, help: "How many composers to list, 1 to 1000.")
    var first = 5

    @Flag(help: "Print the result as one JSON object, with all composers.")
    var json = false

    func validate() throws {
        guard (1...1000).contains(first) else {
            throw ValidationError("--first is a whole number from 1 to 1000, not \(first)")
        }
    }

    func run() throws {
        let bundle = try ClassifierBundle(named: classifier, kind: .composer)
        let (score, _) = try MIDIFile.read(contentsOf: piece)
        let classifier = try PieceClassifier(bundle)
        let found = try classifier.judgement(of: score, named: piece)
        let result = Result(
            file: piece, classifier: bundle.hash,
            composers: found.ranking.map { .init(name: $0.name, probability: $0.probability) },
            remarks: [classifier.remark(on: score)].compactMap(\.self))
        try Terminal().say(json ? result.jsonText() : result.summary(first: first))
    }

    struct Result: Encodable {
        struct Composer: Encodable {
            let name: String
            let probability: Double
        }

        let file: String
        let classifier: String
        /// The likeliest first.
        let composers: [Composer]
        /// What the ranking is worth, where it is in doubt.
        let remarks: [String]

        fileprivate func summary(first count: Int) -> String {
            var table = TextTable([("composer", .left), ("probability", .right)])
            for composer in composers.prefix(count) {
                table.add([composer.name, composer.probability.percent])
            }
            return table.description + remarks.map { "\n\($0.onOneLine)" }.joined()
        }
    }
}
