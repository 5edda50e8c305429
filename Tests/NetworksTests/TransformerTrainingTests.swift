import Foundation
import Networks
import Tensors
import Testing

/// Randomness, threads and sizes in training.
@Suite struct TransformerTrainingTests {
    typealias Windows = TransformerWindowTests

    /// A window of several blocks of rows for each of two threads.
    private static func gradients(
        threads: Int, seed: UInt64 = 1, hidden: Float = 0.2, windows: Int = 2
    ) throws -> [Float] {
        let network = try Windows.network(window: 60)
        let model = LanguageModel(
            configuration: network, weights: network.randomWeights(seed: 3), steps: 150,
            streams: Windows.streams,
            regularisation: try Regularisation(
                embedding: 0.1, input: 0.1, hidden: hidden, output: 0.1),
            team: ThreadTeam(threads: threads))
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<windows {
            let tokens = Windows.tokens(steps: 150)
            let next = Array(tokens[Windows.streams...]) + [Int32](repeating: -1, count: 3)
            let window = TokenWindow(
                inputs: tokens, targets: next.map { $0 == 0 ? -1 : $0 }, resetToken: 0)
            _ = model.differentiate(window, using: &generator)
        }
        return Array(model.gradients.buffer)
    }

    @Test(arguments: [1, 2, 3]) func twoRunsAreBitForBitTheSame(threads: Int) throws {
        let first = try Self.gradients(threads: threads)
        #expect(first.contains { $0 != 0 })
        for _ in 0..<3 {
            let isSame = try Self.gradients(threads: threads) == first
            #expect(isSame)
        }
        let isSame = try Self.gradients(threads: threads, seed: 2) == first
        #expect(!isSame)
    }

    @Test func theNumberOfThreadsChangesRoundingOnly() throws {
        let one = try Self.gradients(threads: 1)
        let size = one.reduce(0) { max($0, abs($1)) }
        for threads in 2...4 {
            let found = try Self.gradients(threads: threads)
            #expect(Windows.largestDifference(found, one) < 1e-5 * size)
        }
    }

    @Test func masksActInTrainingOnlyAndChangeWhenDrawn() throws {
        let encoder = try Windows.encoder(try Windows.network(window: 9), steps: 20, hidden: 0.3)
        let plain = try Windows.encoder(try Windows.network(window: 9), steps: 20)
        let tokens = Windows.tokens(steps: 20)
        var generator = SeededGenerator(seed: 1)
        encoder.body.drawDropout(using: &generator)
        let first = Windows.features(encoder, tokens, training: true)
        let isKept = Windows.features(encoder, tokens, training: true) == first
        let isPlain = Windows.features(encoder, tokens) == Windows.features(plain, tokens)
        #expect(isKept && isPlain)
        encoder.body.drawDropout(using: &generator)
        let isAnother = Windows.features(encoder, tokens, training: true) != first
        #expect(isAnother)
    }

    /// What is kept is scaled, so that many masks together come near to none, nearer than one does.
    @Test func masksLeaveTheMeanWhereItWas() throws {
        let network = try Windows.network(window: 9, layers: 1)
        let tokens = Windows.tokens(steps: 20)
        let expected = Windows.features(try Windows.encoder(network, steps: 20), tokens)
        let encoder = try Windows.encoder(network, steps: 20, hidden: 0.05)
        var generator = SeededGenerator(seed: 1)
        var mean = [Float](repeating: 0, count: expected.count)
        var one: Float = 0
        let draws = 500
        func error(_ found: [Float]) -> Float {
            zip(found, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
        }
        for _ in 0..<draws {
            encoder.body.drawDropout(using: &generator)
            let features = Windows.features(encoder, tokens, training: true)
            for index in mean.indices { mean[index] += features[index] / Float(draws) }
            one += error(features) / Float(draws)
        }
        #expect(error(mean) < 0.3 * one)
    }

    @Test func aConfigurationIsReadAsItWasWritten() throws {
        let network = NetworkConfiguration.transformer(
            try TransformerConfiguration(
                vocabulary: 3, embedding: 8, layers: 2, heads: 2, feedForward: 5, window: 7,
                contexts: 4))
        let json = try JSONEncoder().encode(network)
        #expect(try JSONDecoder().decode(NetworkConfiguration.self, from: json) == network)
        #expect(String(decoding: json, as: UTF8.self).contains(#""kind":"transformer""#))
        let odd = String(decoding: json, as: UTF8.self).replacing(
            "\"heads\":2", with: "\"heads\":3")
        #expect(throws: InvalidSize.self) {
            try JSONDecoder().decode(NetworkConfiguration.self, from: Data(odd.utf8))
        }
    }

    @Test func aConfigurationSaysWhatIsWrong() {
        func message(heads: Int, embedding: Int = 12, window: Int = 4) -> String {
            do {
                _ = try TransformerConfiguration(
                    vocabulary: 3, embedding: embedding, layers: 1, heads: heads, feedForward: 4,
                    window: window)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(message(heads: 2).isEmpty)
        #expect(
            message(heads: 4)
                == "network: embedding is 12, but must be 4 heads of an even width of at most 256")
        #expect(message(heads: 1, embedding: 300).contains("at most 256"))
        #expect(message(heads: 0) == "network: heads is 0, but must be 1…128")
        #expect(message(heads: 2, window: 0) == "network: window is 0, but must be 1…65536")
    }
}
