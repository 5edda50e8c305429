import ArgumentParser

@main
struct ClaraCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara",
        abstract: "Clara continues your music.",
        subcommands: [TrainCommand.self])
}
