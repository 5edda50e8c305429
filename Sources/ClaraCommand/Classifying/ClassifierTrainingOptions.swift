import ArgumentParser
import Clara

/// How a classifier is trained, and where it goes.
struct ClassifierTrainingOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write the classifier to.", valueName: "model.safetensors"))
    var output: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How often all pieces are gone through, 1 to 1000, after the head alone has been fitted."
        ))
    var epochs = 2

    @Option(parsing: .unconditional, help: "Bars of a passage, 1 to 64.")
    var bars = 8

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func train(_ material: ClassifierMaterial, from model: ModelBundle, seed: Int) throws {
        try OutputFile(output).check(isOf: .model)
        let settings = try ClassifierTraining.Settings(epochs: epochs, bars: bars, seed: seed)
        let reporter = ClassifierReporter(isQuiet: json)
        let stop = StopRequest { reporter.isStopping() }
        stop.postpone()
        let outcome = try ClassifierTraining(of: material, from: model, settings: settings).run(
            to: output, shouldStop: { stop.signal != nil }, onEvent: reporter.show)
        guard let evaluation = outcome.evaluation else {
            reporter.clear()
            throw stop.farewell("stopped; nothing was written")
        }
        try reporter.say(ClassifierResult(evaluation, file: output), json: json)
    }
}
