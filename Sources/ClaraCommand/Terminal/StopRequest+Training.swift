import ArgumentParser

extension StopRequest {
    /// Says that a training run was stopped and how to go on with it; the code to end with.
    func farewell(checkpoint: String) -> ExitCode {
        var arguments = CommandLine.arguments
        if !arguments.contains("--resume") { arguments.append("--resume") }
        return farewell(
            "stopped; nothing is lost, the state is in \(checkpoint); go on with: "
                + arguments.shellText)
    }
}
