import ArgumentParser
import Clara

struct IdentifyTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a classifier of composers from a language model.",
        discussion: """
            The composers are those of whom the library has enough pieces; what the language model \
            held out in training is held out here, too: at the end the classifier is measured on it, \
            beside an n-gram model for each composer.

            Examples:
              clara identify train --from piano --library mine.sqlite \\
                  -o composer.safetensors
              clara identify train --library mine.sqlite --minimum 20 \\
                  --leave-out anonymous -o composer.safetensors
            """)

    @Option(help: "The language model to start from: a file, or the name of one in Models/.")
    var from = "piano"

    @OptionGroup var music: MusicOptions

    @Option(
        parsing: .unconditional,
        help: "The fewest pieces to train on that make a composer one to know, 2 to 100000.")
    var minimum = 12

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Names in place of a composer's that are none, such as anonymous.", valueName: "name"))
    var leaveOut: [String] = []

    @Option(parsing: .unconditional, help: "Chooses first weights and the order of pieces.")
    var seed = 1

    @OptionGroup var training: ClassifierTrainingOptions

    func run() throws {
        let model = try ModelBundle(path: ModelLocator.here.path(of: from))
        let material = try ClassifierMaterial.composers(
            in: music.source(), minimum: minimum, leftOut: leaveOut)
        try training.train(material, from: model, seed: seed)
    }
}

struct IdentifyEvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a classifier of composers on pieces that it has never seen.",
        discussion: """
            Give the library that it was trained on: what was held out is measured, beside n-gram \
            models that are counted on the other pieces.

            Examples:
              clara identify evaluate --library mine.sqlite
              clara identify evaluate --classifier mine.safetensors \\
                  --library mine.sqlite --json
            """)

    @Option(help: "The classifier: a file, or the name of one in Models/.")
    var classifier = "composer"

    @OptionGroup var music: MusicOptions

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let bundle = try ClassifierBundle(named: classifier, kind: .composer)
        let evaluation = ClassifierEvaluation(ofComposers: bundle, on: try music.source())
        try ClassifierReporter.evaluate(evaluation, of: bundle, json: json)
    }
}
