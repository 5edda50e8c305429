import ArgumentParser

/// The program `clara-benchmark`: measures Clara's engine and her reading, prints JSON. `Benchmarks/run` drives it.
@main
struct ClaraBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara-benchmark",
        abstract: "Measures Clara's engine and her reading; each command prints one line of JSON.",
        subcommands: [
            TrainCommand.self, SgemmCommand.self, GenerateCommand.self, LengthCommand.self,
            TransformerTrainCommand.self, TransformerGenerateCommand.self, KernelsCommand.self,
            ReadCommand.self, DuplicatesCommand.self, OriginalityCommand.self,
        ])
}
