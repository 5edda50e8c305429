import ArgumentParser

struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Compare models by what others have published, and with composers.",
        discussion: """
            The protocols of frames and chorales are exact likelihoods on the published splits: no \
            future, no labels, one order of the notes, the state carried through each piece. Models are \
            trained for each benchmark on its training split alone, and chosen on its validation split; \
            with --dynamic their weights learn from what they have scored, in a row of its own. \
            samples compares what any model writes with what the composers wrote.
            """,
        subcommands: [
            FramesBenchmarkCommand.self, ChoralesBenchmarkCommand.self,
            SamplesBenchmarkCommand.self,
        ])
}
