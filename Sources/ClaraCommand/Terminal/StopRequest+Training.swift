import ArgumentParser
import Foundation

extension StopRequest {
    /// Says that a training run was stopped and how to go on with it.
    ///
    /// - Returns: the exit code to end with.
    func farewell(checkpoint: String) -> ExitCode {
        var arguments = CommandLine.arguments
        if !arguments.contains("--resume") { arguments.append("--resume") }
        Terminal().remark(
            "clara: stopped; nothing is lost, the state is in \(checkpoint); go on with: "
                + arguments.shellText)
        return ExitCode(signal == SIGINT ? 130 : 1)
    }
}
