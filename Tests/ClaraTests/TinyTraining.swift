import Clara
import Foundation
import TestSupport

/// Trains a model of some 30,000 weights on generated pieces, in a second or two.
enum TinyTraining {
    static let recipe = """
        encoding = "notewise-62-4"
        [network]
        embedding = 12
        hidden = 16
        layers = 2
        [schedule]
        rate = 0.01
        warmup = 2
        [training]
        steps = 12
        batch = 4
        window = 24
        validation = 0.3
        validate-every = 5
        """

    static let seeds = 1...12

    /// A folder with the pieces in `music/`, the recipe and the model.
    struct Example: Sendable {
        let folder: TemporaryFolder
        let provenance: Provenance
        var data: String { folder.file("music") }
        var model: String { folder.file("model.safetensors") }
    }

    /// Trained once for all tests, which leave it as it is.
    static let example = Result { try train() }

    private static func train() throws -> Example {
        let folder = try folderWithPieces()
        let outcome = try run(in: folder).run { _ in }
        guard let provenance = outcome.provenance else { throw CancellationError() }
        return Example(folder: folder, provenance: provenance)
    }

    static func folderWithPieces(_ seeds: some Sequence<Int> = seeds) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for seed in seeds {
            try folder.write(GeneratedPieces.bytes(seed: seed), to: "music/piece-\(seed).mid")
        }
        try folder.write(recipe, to: "tiny.toml")
        return folder
    }

    static func run(
        in folder: TemporaryFolder, recipe: String = "tiny.toml",
        output: String = "model.safetensors", resuming: Bool = false
    ) throws -> TrainingRun {
        TrainingRun(
            recipe: try Recipe(contentsOf: folder.file(recipe)),
            data: [folder.file("music")], output: folder.file(output), resuming: resuming)
    }

    /// The name of a recipe with more tables.
    static func recipe(adding tables: String, to folder: TemporaryFolder) throws -> String {
        try folder.write("\(recipe)\n\(tables)", to: "more.toml")
        return "more.toml"
    }
}
