import ArgumentParser
import Networks

/// The sizes of a Transformer; by default one of about 5 million weights that sees 1,024 places.
struct TransformerOptions: ParsableArguments {
    @Option(help: "Token ids.")
    var vocabulary = 220

    @Option(help: "Width of the embedding and of every layer.")
    var width = 256

    @Option(help: "Layers.")
    var layers = 6

    @Option(help: "Attention heads of a layer.")
    var heads = 8

    @Option(help: "Width inside the feed-forward networks.")
    var feedForward = 1024

    @Option(help: "How many places attention sees.")
    var context = 1024

    func validate() throws {
        try require(2, of: vocabulary, "--vocabulary")
        try require(2, of: context, "--context")
    }

    func configuration() throws -> TransformerConfiguration {
        try TransformerConfiguration(
            vocabulary: vocabulary, embedding: width, layers: layers, heads: heads,
            feedForward: feedForward, window: context)
    }
}
