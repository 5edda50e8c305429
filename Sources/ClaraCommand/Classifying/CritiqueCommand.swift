import ArgumentParser

struct CritiqueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "critique",
        abstract: "Judge how likely a person wrote a piece, and which passages give it away.",
        discussion: """
            A critic is a language model that was trained further to tell what composers wrote from \
            what a model wrote after the same prompts. clara critique train makes one; clara critique \
            evaluate measures it on pieces that it has never seen.

            Examples:
              clara critique out/waltz-in-a-minor-414333.mid
              clara critique take.mid --json
              clara critique train --from piano --data Waltzes -o critic.safetensors
            """,
        subcommands: [
            CritiqueCheckCommand.self, CritiqueTrainCommand.self, CritiqueEvaluateCommand.self,
        ],
        defaultSubcommand: CritiqueCheckCommand.self)
}
