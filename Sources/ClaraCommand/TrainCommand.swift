import ArgumentParser
import Clara
import Foundation

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a language model on folders of MIDI files, or on pieces of a library.",
        discussion: """
            Reads every MIDI file in the folders, or the pieces that the library has as asked for, \
            holds some of the pieces out for validation, and trains on the others in all twelve keys. \
            Files that cannot be used are skipped and named. The network and how it is trained come \
            from a recipe, a small TOML file; there are some in Recipes/.

            The state is saved beside the model every 15 seconds, and when you press Ctrl-C: --resume \
            goes on from there. Give the same data, recipe and time then.

            Examples:
              # half a minute, to see how it goes
              clara train --data Examples/tiny --recipe Recipes/tiny.toml -o my.safetensors
              # your own pieces, for two hours
              clara train --data Waltzes --time 2h -o waltzes.safetensors
              # what the library has of a composer
              clara train --composer chopin --licence "CC BY" -o chopin.safetensors
              # and on after an interruption
              clara train --data Waltzes --time 2h -o waltzes.safetensors --resume
            """)

    @OptionGroup var music: MusicOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write the model to.", valueName: "model.safetensors"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The recipe: network, dropouts, optimiser, schedule (default: a medium network).",
            valueName: "file"))
    var recipe: String?

    @Flag(help: "Go on from where an interrupted run has saved its state.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "How long to train, such as 90s, 30m, 2h or 1h30m, instead of the recipe's length.",
            valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var time: TimeSpan?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let recipe =
            try recipe.map { try Recipe(contentsOf: $0, seconds: time?.seconds) }
            ?? Recipe.standard(seconds: time?.seconds)
        let run = try TrainingRun(
            recipe: recipe, data: music.source(), output: output, resuming: resume)
        let reporter = TrainingReporter(Terminal(), isQuiet: json)
        let outcome = try run.run(
            shouldStop: { reporter.shouldStop }, onEvent: { reporter.show($0) })
        try reporter.end(stoppedAt: outcome.provenance == nil ? outcome.checkpoint : nil)
        let result = try TrainingResult(model: ModelBundle(path: output), reporter.preparation)
        try Terminal().say(json ? result.jsonText() : result.summary)
    }
}
