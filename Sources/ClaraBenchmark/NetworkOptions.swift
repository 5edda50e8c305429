import ArgumentParser
import Networks

/// The sizes of an LSTM; by default Clara's own network.
struct NetworkOptions: ParsableArguments {
    @Option(help: "Token ids.")
    var vocabulary = 220

    @Option(help: "Width of the embedding and of the last layer.")
    var embedding = 400

    @Option(help: "Width of the layers before the last.")
    var hidden = 600

    @Option(help: "LSTM layers.")
    var layers = 4

    func validate() throws { try require(2, of: vocabulary, "--vocabulary") }

    func configuration() throws -> LSTMConfiguration {
        try LSTMConfiguration(
            vocabulary: vocabulary, embedding: embedding, hidden: hidden, layers: layers)
    }
}

/// Options of all commands.
struct RunOptions: ParsableArguments {
    @Option(help: "Threads at most.")
    var threads = 1

    @Option(help: "How long to measure, in seconds.")
    var seconds = 4.0

    func validate() throws {
        try require(1, of: threads, "--threads")
        guard seconds >= 0 else { throw ValidationError("--seconds is at least 0") }
    }
}

extension ParsableArguments {
    /// Throws where a number is below the least that makes sense.
    func require(_ least: Int, of number: Int, _ flag: String) throws {
        guard number >= least else {
            throw ValidationError("\(flag) is at least \(least), not \(number)")
        }
    }
}
