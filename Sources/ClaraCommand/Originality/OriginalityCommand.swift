import ArgumentParser

struct OriginalityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "originality",
        abstract: "Find what a piece shares with the music that a model was trained on.",
        discussion: """
            Compares a piece with the index beside a model, with folders or with a library: the \
            longest runs of notes that both have, in any key and at any tempo, exact and with small \
            changes, and where. clara originality index makes an index.

            Examples:
              clara originality out/waltz-in-a-minor-414333.mid
              clara originality take.mid --model mine.safetensors --json
              clara originality take.mid --data Waltzes Preludes
              clara originality take.mid --library mine.sqlite --composer chopin
              clara originality index --model piano --data Waltzes
            """,
        subcommands: [OriginalityCheckCommand.self, OriginalityIndexCommand.self],
        defaultSubcommand: OriginalityCheckCommand.self)
}
