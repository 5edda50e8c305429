import Foundation
import MIDIFile
import Score
import Testing

/// A critic and a classifier of composers that `clara` trained on a small language model, once for all tests.
struct ClassifierExample: Sendable {
    /// What the training commands print.
    struct Report: Decodable, Sendable {
        struct Figures: Decodable, Sendable {
            let pieces: Int
            let accuracy, lowest, highest, majority: Double
        }

        let file: String
        let classifier, baseline: Figures
        let classes: [String]
        let confusion: [[Int]]
    }

    let folder: ScratchFolder
    let critic: Report
    let composer: Report
    var criticPath: String { folder.path("critic.safetensors") }
    var composerPath: String { folder.path("composer.safetensors") }
    var library: String { folder.path("library.sqlite") }

    static let shared = Result { try ClassifierExample() }

    private static let recipe = """
        encoding = "notewise-62-4"
        [network]
        embedding = 12
        hidden = 16
        [training]
        steps = 20
        batch = 4
        window = 24
        validation = 0.3
        """

    private init() throws {
        folder = ScratchFolder()
        for index in 0..<16 {
            let (composer, isSlow) = index % 2 == 0 ? ("Haydn", false) : ("Chopin", true)
            try FileManager.default.createDirectory(
                at: folder.url("music/\(composer)"), withIntermediateDirectories: true)
            try folder.write(
                MIDIFile.write(Self.piece(index, isSlow: isSlow)),
                as: "music/\(composer)/\(index).mid")
        }
        try folder.write(Data(Self.recipe.utf8), as: "tiny.toml")
        for command in [
            "library add music --library library.sqlite",
            "train --library library.sqlite --recipe tiny.toml -o model.safetensors --json",
        ] { try Self.run(command, in: folder) }
        let music = "--from model.safetensors --library library.sqlite --epochs 1 --json"
        critic = try Self.report(
            "critique train \(music) --prompts 40 --held-out 8 -o critic.safetensors", in: folder)
        composer = try Self.report(
            "identify train \(music) --minimum 3 --bars 4 -o composer.safetensors", in: folder)
    }

    /// Thirty bars of eighths or of half notes, which wander over a scale.
    private static func piece(_ number: Int, isSlow: Bool) throws -> Score {
        let scale = [0, 2, 4, 5, 7, 9, 11]
        let length = isSlow ? 960 : 240
        var (step, state) = (7, UInt64(number) &* 977 &+ 13)
        let notes = try (0..<(30 * 1920 / length)).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            step = min(14, max(0, step + Int(state >> 33) % 5 - 2))
            return Note(
                pitch: try #require(Pitch(55 + scale[step % 7] + 12 * (step / 7))),
                onset: Ticks(index * length), duration: Ticks(length))
        }
        return Score(parts: [Part(notes: notes)])
    }

    @discardableResult
    private static func run(_ command: String, in folder: ScratchFolder) throws -> String {
        try ClaraProgram.run(command.split(separator: " ").map(String.init), in: folder)
            .succeeded().output
    }

    private static func report(_ command: String, in folder: ScratchFolder) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(run(command, in: folder).utf8))
    }
}
