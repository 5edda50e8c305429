import ArgumentParser
import Clara

struct CritiqueCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge how likely a person wrote a piece; check may be left out.",
        discussion: """
            The piece is read in passages of a few bars. The probability is for as many pieces by \
            people as by the machine that the critic was trained against; it knows no other \
            machines. Of a take by Clara the new music is judged alone, too.

            Examples:
              clara critique out/waltz-in-a-minor-414333.mid
              clara critique take.mid --passages 10 --roll take.svg
              clara critique take.mid --critic mine.safetensors --json
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "piece.mid"))
    var piece: String

    @Option(help: "The critic: a file, or the name of one in Models/.")
    var critic = "critic"

    @Option(parsing: .unconditional, help: "How many passages to list, 1 to 256.")
    var passages = 3

    @Option(
        help: ArgumentHelp(
            "Draw a piano roll with the passages the redder, the less they are like a person's.",
            valueName: "roll.svg"))
    var roll: String?

    @Flag(help: "Print the result as one JSON object, with all passages.")
    var json = false

    func validate() throws {
        guard (1...256).contains(passages) else {
            throw ValidationError("--passages is a whole number from 1 to 256, not \(passages)")
        }
    }

    func run() throws {
        if let roll { try OutputFile(roll).check() }
        let bundle = try ClassifierBundle(named: critic, kind: .critic)
        let classifier = try PieceClassifier(bundle)
        let (score, _) = try MIDIFile.read(contentsOf: piece)
        let whole = try classifier.classification(of: score, named: piece)
        let new = try TakeSettings.seam(of: score).map {
            try classifier.classification(of: score, in: $0..<score.end, named: piece)
        }
        if let roll {
            _ = try RollDrawer.draw(score, named: piece, marks: Self.marks(whole), to: roll)
        }
        let result = Result(piece, whole, new: new, model: bundle)
        try Terminal().say(json ? result.jsonText() : result.summary(passages: passages))
    }

    private static func marks(_ classification: Classification) -> RollMarks {
        RollMarks(
            meaning: "the less like a person's",
            marks: classification.humanPassages.map { passage, human in
                RollMarks.Mark(passage.range, strength: 1 - human, label: human.percent)
            })
    }

    struct Result: Encodable {
        struct Passage: Encodable {
            let firstBar: Int
            let lastBar: Int
            /// How likely a person wrote it.
            let human: Double
        }

        let file: String
        let critic: String
        /// How likely a person wrote the piece.
        let human: Double
        /// Of a take the new music alone.
        let newHuman: Double?
        let passages: [Passage]

        init(_ file: String, _ whole: Classification, new: Classification?, model: ClassifierBundle)
        {
            self.file = file
            critic = model.hash
            human = whole.human
            newHuman = new?.human
            passages = whole.humanPassages.map { passage, human in
                Passage(
                    firstBar: passage.bars.lowerBound, lastBar: passage.bars.upperBound,
                    human: human)
            }
        }

        /// - Parameter count: how many passages are listed.
        fileprivate func summary(passages count: Int) -> String {
            let new = newHuman.map { "; the new music alone \($0.percent)" } ?? ""
            let listed = passages.sorted { ($0.human, $0.firstBar) < ($1.human, $1.firstBar) }
                .prefix(count)
            var table = TextTable([("bars", .right), ("a person's", .right)])
            for passage in listed {
                table.add(["\(passage.firstBar)–\(passage.lastBar)", passage.human.percent])
            }
            return """
                \(file.onOneLine): a person wrote it: \(human.percent)\(new)
                the least like a person's of \(passages.count.of("passage")):
                \(table.description)
                """
        }
    }
}
