import ArgumentParser
import Clara

/// What a critic is trained against, and how it is measured.
struct CritiqueMaterialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The language models that write, in turn: files, or names in Models/; the critic grows "
                + "out of the first.", valueName: "model"))
    var from: [String] = ["piano"]

    @OptionGroup var music: MusicOptions

    @Option(
        parsing: .unconditional,
        help: "Prompts from the pieces that the models were trained on, 20 to 100000.")
    var prompts = 1_000

    @Option(
        parsing: .unconditional,
        help: "Prompts from the pieces that the models held out, to measure it on, 1 to 100000.")
    var heldOut = 200

    @Option(parsing: .unconditional, help: "Chooses prompts, takes and first weights.")
    var seed = 1

    func models() throws -> [ModelBundle] {
        try from.map {
            try ModelBundle(path: ModelLocator.here.path(of: $0), precision: .int8, threads: 1)
        }
    }

    func material(_ models: [ModelBundle]) throws -> ClassifierMaterial {
        try .people(
            in: music.source(), and: models, prompts: prompts, heldOut: heldOut, seed: seed)
    }
}

struct CritiqueTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a critic from a language model.",
        discussion: """
            Has the model continue prompts from its music, at temperatures from 0.95 to 1.15, and trains \
            its own layers under a new head to tell that from what the composers wrote there. What \
            the model held out in training is held out here, too: at the end the critic is measured \
            on it, beside n-gram models of people and machines. The language model is read as \
            trained, whatever it was trained on may be given.

            Examples:
              clara critique train --from piano --data Waltzes -o critic.safetensors
              clara critique train --from mine.safetensors --library mine.sqlite \\
                  -o critic.safetensors
            """)

    @OptionGroup var material: CritiqueMaterialOptions
    @OptionGroup var training: ClassifierTrainingOptions

    func run() throws {
        let models = try material.models()
        try training.train(try material.material(models), from: models[0], seed: material.seed)
    }
}

struct CritiqueEvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a critic on pieces that it has never seen.",
        discussion: """
            Has the models continue prompts as for its training, and measures the critic on what \
            follows held-out ones, beside n-gram models that are counted on the others.

            Examples:
              clara critique evaluate --data Waltzes
              clara critique evaluate --critic mine.safetensors --from mine.safetensors \\
                  --data Waltzes --json
            """)

    @Option(help: "The critic: a file, or the name of one in Models/.")
    var critic = "critic"

    @OptionGroup var material: CritiqueMaterialOptions

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let bundle = try ClassifierBundle(named: critic, kind: .critic)
        let evaluation = ClassifierEvaluation(
            of: bundle, on: try material.material(try material.models()))
        try ClassifierReporter.evaluate(evaluation, of: bundle, json: json)
    }
}
