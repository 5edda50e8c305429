import Foundation
import MIDIFile
import Score
import Testing

/// `clara critique`, `clara identify` and `clara continue --rank`.
struct ClassifierCommandTests {
    private let example: ClassifierExample
    private var critic: [String] { ["--critic", example.criticPath] }
    private var classifier: [String] { ["--classifier", example.composerPath] }

    init() throws { example = try ClassifierExample.shared.get() }

    private struct Critique: Decodable {
        struct Passage: Decodable {
            let firstBar, lastBar: Int
            let human: Double
        }

        let human: Double
        let newHuman: Double?
        let passages: [Passage]
        let remarks: [String]
    }

    private struct Identification: Decodable {
        struct Composer: Decodable {
            let name: String
            let probability: Double
        }

        let composers: [Composer]
        let remarks: [String]
    }

    private struct Ranking: Decodable {
        struct Take: Decodable {
            let file: String
            let logProbabilityPerNote: Double
            let humanProbability: Double?
        }

        let takes: [Take]
    }

    private func decoded<Result: Decodable>(
        _ type: Result.Type, _ arguments: [String], in folder: ScratchFolder = ScratchFolder()
    ) throws -> Result {
        let run = try ClaraProgram.run(arguments + ["--json"], in: folder).succeeded()
        return try JSONDecoder().decode(type, from: Data(run.output.utf8))
    }

    @Test func trainingMeasuresOnWhatTheLanguageModelHeldOut() {
        #expect(example.critic.file == "critic.safetensors")
        #expect(example.critic.classifier.pieces == 16)
        #expect(example.critic.classes == ["human", "machine"])
        #expect(example.composer.classes == ["chopin", "haydn"])
        #expect(example.critic.confusion.map { $0.reduce(0, +) } == [8, 8])
        for figures in [example.critic.classifier, example.composer.classifier] {
            #expect((figures.lowest...figures.highest).contains(figures.accuracy))
        }
        // Half notes and eighths.
        #expect(example.composer.classifier.accuracy == 1)
        #expect(example.composer.baseline.accuracy == 1)
    }

    @Test func evaluatingAgainGivesTheFiguresOfTheTraining() throws {
        let arguments = ["identify", "evaluate", "--library", example.library] + classifier
        let again = try decoded(ClassifierExample.Report.self, arguments)
        #expect(again.classifier.accuracy == example.composer.classifier.accuracy)
        #expect(again.confusion == example.composer.confusion)
        let text = try ClaraProgram.run(arguments, in: ScratchFolder()).succeeded().output
        #expect(text.contains("n-grams of") && text.contains("that it has never seen"))
    }

    /// Without naming a classifier: the one in Models/.
    @Test func theBundledClassifierKnowsTwentyEightComposers() throws {
        let found = try decoded(Identification.self, ["identify", Repository.waltz])
        #expect(found.composers.count == 28)
        #expect(abs(found.composers.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
        #expect(found.composers.map(\.name).contains("chopin"))
    }

    @Test func critiqueJudgesThePieceAndEachPassage() throws {
        let found = try decoded(Critique.self, ["critique", Repository.waltz] + critic)
        #expect((0...1).contains(found.human))
        #expect(found.newHuman == nil && found.remarks.isEmpty)
        #expect(found.passages.map(\.firstBar) == found.passages.map(\.firstBar).sorted())
        #expect(found.passages.first?.firstBar == 1)
        #expect(found.passages.allSatisfy { $0.firstBar <= $0.lastBar && $0.human <= 1 })
    }

    @Test func ofATakeTheNewMusicIsJudgedAlone() throws {
        let folder = ScratchFolder()
        let ranked = try decoded(
            Ranking.self,
            [
                "continue", Repository.waltz, "-o", "out", "--takes", "1", "--seed", "3", "--rank",
                "critic",
            ] + critic, in: folder)
        let take = try #require(ranked.takes.first)
        let found = try decoded(Critique.self, ["critique", take.file] + critic, in: folder)
        #expect(found.newHuman == take.humanProbability)
        #expect(found.newHuman != found.human)
        let text = try ClaraProgram.run(
            ["critique", take.file, "--passages", "1"] + critic, in: folder
        )
        .succeeded().output
        #expect(text.contains("the new music alone"))
    }

    @Test func aShortPieceIsRefusedAndShortNewMusicIsNotJudgedAlone() throws {
        let folder = ScratchFolder()
        let note = try #require(try Score(file: Repository.waltz).notes.first)
        let path = try folder.write(
            MIDIFile.write(Score(parts: [Part(notes: [note])])), as: "note.mid")
        for command in [["critique"] + critic, ["identify"] + classifier] {
            try ClaraProgram.run(command + [path], in: folder)
                .failedClearly(mentioning: ["note.mid: is too short to be judged", " bars with "])
        }
        let take = try ContinueRun(["--bars", "1", "--takes", "1", "--seed", "3"], in: folder)
        let found = try decoded(
            Critique.self, ["critique", take.report.takes[0].file] + critic, in: folder)
        #expect(found.newHuman == nil)
        #expect(found.remarks.map { $0.contains("the new music alone is too short") } == [true])
    }

    /// By the bundled ones, which know a piano only.
    @Test func musicForOtherInstrumentsIsRemarkedOn() throws {
        let folder = ScratchFolder()
        let romance = Repository.path("Examples/romance-in-g.mid")
        let words = "this is for Violin, Piano"
        let found = try decoded(Critique.self, ["critique", romance])
        #expect(found.remarks.count == 1 && found.remarks[0].contains("the critic learnt from"))
        let composers = try decoded(Identification.self, ["identify", romance])
        #expect(composers.remarks.map { $0.contains("the classifier learnt from") } == [true])
        for command in ["critique", "identify"] {
            let text = try ClaraProgram.run([command, romance], in: folder).succeeded().output
            #expect(text.contains(words))
        }
        let run = try ClaraProgram.run(
            [
                "accompany", Repository.path("Examples/melody-in-f.mid"), "--rank", "critic",
                "--takes", "2", "--seed", "5", "--json",
            ], in: folder)
        #expect(run.status == 0)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].hasPrefix("clara: the critic learnt from"))
        #expect(run.errors.contains(words))
        let remarks = try #require(try jsonObject(run.output)["remarks"] as? [String])
        #expect(remarks.count == 1 && remarks[0].contains(words))
    }

    @Test func aRollShowsWhereItSoundsLeastLikeAPersons() throws {
        let folder = ScratchFolder()
        let arguments = ["critique", Repository.waltz, "--roll", "waltz.svg"] + critic
        let found = try decoded(Critique.self, arguments, in: folder)
        let svg = try String(contentsOf: folder.url("waltz.svg"), encoding: .utf8)
        #expect(svg.contains("the less like a person") && svg.contains("class=\"mark\""))
        #expect(found.passages.count == 1)
    }

    @Test func identifyRanksComposersWhoseProbabilitiesSumToOne() throws {
        let found = try decoded(Identification.self, ["identify", Repository.waltz] + classifier)
            .composers
        let probabilities = found.map(\.probability)
        #expect(probabilities == probabilities.sorted(by: >))
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-6)
        #expect(Set(found.map(\.name)) == ["chopin", "haydn"])
        let text = try ClaraProgram.run(
            ["identify", Repository.waltz, "--first", "1"] + classifier, in: ScratchFolder()
        ).succeeded().output
        #expect(text.contains(found[0].name) && !text.contains(found[1].name))
    }

    @Test func loudnessAndTempoChangeNoVerdict() throws {
        let folder = ScratchFolder()
        let score = try Score(file: Repository.waltz)
        let loud = try #require(Velocity(127))
        let played = Score(
            ticksPerQuarter: score.ticksPerQuarter,
            tempoMap: TempoMap([.init(tick: .zero, microsecondsPerQuarter: 250_000)]),
            meterMap: score.meterMap,
            parts: score.parts.map { part in
                Part(
                    notes: part.notes.map {
                        Note(
                            pitch: $0.pitch, onset: $0.onset, duration: $0.duration, velocity: loud)
                    })
            })
        let path = try folder.write(MIDIFile.write(played), as: "played.mid")
        let verdicts = try [Repository.waltz, path].map {
            try decoded(Critique.self, ["critique", $0] + critic, in: folder).human
        }
        #expect(verdicts[0] == verdicts[1])
    }

    @Test func takesAreListedInTheirOrderOfRank() throws {
        let folder = ScratchFolder()
        let flags = ["continue", Repository.waltz, "--takes", "4", "--bars", "4", "--seed", "9"]
        let critic = try decoded(
            Ranking.self, flags + ["-o", "critic", "--rank", "critic"] + critic, in: folder
        ).takes
        let human = critic.compactMap(\.humanProbability)
        #expect(human.count == 4 && human == human.sorted(by: >))
        let likely = try decoded(
            Ranking.self, flags + ["-o", "likely", "--rank", "likelihood"], in: folder
        ).takes
        let logarithms = likely.map(\.logProbabilityPerNote)
        #expect(logarithms == logarithms.sorted(by: >))
        #expect(likely.allSatisfy { $0.humanProbability == nil })
        // The same takes in other orders.
        let names = [critic, likely].map { $0.map { $0.file.suffix(14) }.sorted() }
        #expect(names[0] == names[1])
    }

    @Test(arguments: ["critique", "identify"])
    func whatHasNoNotesIsRefused(command: String) throws {
        let folder = ScratchFolder()
        let path = try BadPrompt.withoutNotes.make(in: folder)
        let model = command == "critique" ? critic : classifier
        try ClaraProgram.run([command, path] + model, in: folder)
            .failedClearly(mentioning: ["silence.mid", "no notes"])
    }

    @Test func anotherKindOfModelIsRefused() throws {
        let folder = ScratchFolder()
        for (arguments, word) in [
            (["critique", Repository.waltz, "--critic", example.composerPath], "another kind"),
            (["identify", Repository.waltz, "--classifier", example.criticPath], "another kind"),
            (["critique", Repository.waltz, "--critic", "piano"], "not a classifier"),
            (["continue", Repository.waltz, "--model", example.criticPath], "clara critique"),
            (["continue", Repository.waltz, "--model", "critic"], "a classifier (a critic)"),
            (["compose", "--model", "composer"], "clara identify --classifier uses it"),
            (["continue", Repository.waltz, "--model", "frames-jsb"], "clara benchmark frames"),
            (["compose", "--model", "chorales"], "clara benchmark chorales"),
        ] {
            try ClaraProgram.run(arguments, in: folder).failedClearly(mentioning: [word])
        }
    }

    @Test(
        arguments: [
            (["critique", Repository.waltz, "--critic", "nobody"], "no model"),
            (["continue", Repository.waltz, "--rank", "taste"], "rank"),
            (["critique", Repository.waltz, "--passages", "0"], "--passages"),
            (["identify", Repository.waltz, "--first", "0"], "--first"),
            (
                ["identify", "train", "--data", Repository.tinyPieces, "-o", "x.safetensors"],
                "minimum"
            ),
            (
                [
                    "critique", "train", "--data", Repository.tinyPieces, "--prompts", "1", "-o",
                    "x.safetensors",
                ], "--prompts"
            ),
        ])
    func whatCannotBeDoneIsToldClearly(arguments: [String], word: String) throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(arguments, in: folder)
        #expect(run.exited && run.status != 0 && run.output.isEmpty)
        #expect(run.errors.lowercased().contains(word))
        #expect(!FileManager.default.fileExists(atPath: folder.path("x.safetensors")))
    }
}
