import ArgumentParser
import Clara

struct CritiqueCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge how likely a person wrote a piece; check may be left out.",
        discussion: """
            The piece is read in passages of a few bars. The probability is for as many pieces by \
            people as by the machine that the critic was trained against; it knows no other \
            machines, and the bundled one only music for a piano: where other instruments play, that \
            is remarked. Of a take by Clara the new music is judged alone, too.

            It takes half a passage at least, by the bundled critic 4 bars with 8 notes: shorter pieces \
            are refused, and shorter new music is not judged alone.

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
        if let roll { try OutputFile(roll).check(isOf: .svg, otherThan: piece) }
        let bundle = try ClassifierBundle(named: critic, kind: .critic)
        let classifier = try PieceClassifier(bundle)
        let (score, _) = try MIDIFile.read(contentsOf: piece)
        let whole = try classifier.judgement(of: score, named: piece)
        var remarks = [classifier.remark(on: score)].compactMap(\.self)
        var new: Classification?
        if let seam = TakeSettings.seam(of: score) {
            do throws(ClassifyingError) {
                new = try classifier.judgement(of: score, in: seam..<score.end, named: piece)
            } catch {
                switch error {
                case .tooShort, .noNotes: remarks.append(Self.tooShort(for: classifier))
                default: throw error
                }
            }
        }
        if let roll {
            _ = try RollDrawer.draw(score, named: piece, marks: Self.marks(whole), to: roll)
        }
        let result = Result(piece, whole, new: new, remarks: remarks, model: bundle)
        let drawn = roll.map { "\n\($0.onOneLine)" } ?? ""
        try Terminal().say(json ? result.jsonText() : result.summary(passages: passages) + drawn)
    }

    private static func tooShort(for classifier: PieceClassifier) -> String {
        let (bars, notes) = (classifier.leastBars, classifier.leastNotes)
        return "the new music alone is too short to be judged, which takes \(bars.of("bar")) with "
            + notes.of("note")
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
        /// Of a take the new music alone, where there is enough.
        let newHuman: Double?
        let passages: [Passage]
        /// What the verdict is worth, where it is in doubt.
        let remarks: [String]

        init(
            _ file: String, _ whole: Classification, new: Classification?, remarks: [String],
            model: ClassifierBundle
        ) {
            self.file = file
            critic = model.hash
            human = whole.human
            newHuman = new?.human
            self.remarks = remarks
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
                """ + remarks.map { "\n\($0.onOneLine)" }.joined()
        }
    }
}
