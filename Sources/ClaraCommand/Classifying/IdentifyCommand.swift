import ArgumentParser

struct IdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Guess who composed a piece, with probabilities.",
        discussion: """
            A language model that was trained further to tell composers apart. clara identify train \
            makes one from your own library; clara identify evaluate measures it on pieces that it \
            has never seen.

            Examples:
              clara identify unknown.mid
              clara identify unknown.mid --json
              clara identify train --from piano --library mine.sqlite -o composer.safetensors
            """,
        subcommands: [
            IdentifyCheckCommand.self, IdentifyTrainCommand.self, IdentifyEvaluateCommand.self,
        ],
        defaultSubcommand: IdentifyCheckCommand.self)
}
