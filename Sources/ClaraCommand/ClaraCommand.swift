import ArgumentParser
import Clara
import Foundation

@main
struct ClaraCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara",
        abstract: "Clara continues your music.",
        discussion: """
            Each command explains itself: clara help train.

            Exit codes: 0 when all went well, 1 with one line on standard error when not, 64 when \
            the command line is wrong.
            """,
        subcommands: [
            ContinueCommand.self, ComposeCommand.self, AccompanyCommand.self, StudioCommand.self,
            TrainCommand.self, EvaluateCommand.self, ReviewCommand.self,
            CritiqueCommand.self, IdentifyCommand.self,
            InspectCommand.self, RenderCommand.self, ScoreCommand.self, RollCommand.self,
            EncodeCommand.self, DecodeCommand.self, OriginalityCommand.self, LibraryCommand.self,
            BenchmarkCommand.self,
        ])

    /// Runs the command that the arguments name, and ends the program.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error where isParsers(error) {
            exit(withError: error)
        } catch {
            Terminal().remark(ErrorLine(error).description)
            Foundation.exit(isOfCommandLine(error) ? 64 : 1)
        }
    }

    /// Whether a flag's value is outside its range, which the parser does not know.
    private static func isOfCommandLine(_ error: any Error) -> Bool {
        error is OutOfRange || error is SamplingSettingsError || error is BeamSettingsError
    }

    /// Whether ArgumentParser renders the error: help, wrong arguments, bare exit codes.
    private static func isParsers(_ error: any Error) -> Bool {
        error is ExitCode || exitCode(for: error) != .failure
    }
}
