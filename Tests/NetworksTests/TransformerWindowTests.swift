import Foundation
import Networks
import Tensors
import Testing

/// Features of windows one after the other, as the encoder gives them.
@Suite struct TransformerWindowTests {
    static let streams = 3

    static func network(window: Int, layers: Int = 2) throws -> NetworkConfiguration {
        .transformer(
            try TransformerConfiguration(
                vocabulary: 11, embedding: 12, layers: layers, heads: 2, feedForward: 20,
                window: window))
    }

    /// Streams that begin with no reset token, whose pieces change here and there.
    static func tokens(steps: Int) -> [Int32] {
        var generator = SeededGenerator(seed: 6)
        return (0..<steps * streams).map { _ in
            generator.uniform() < 0.06 ? 0 : Int32.random(in: 1..<11, using: &generator)
        }
    }

    static func encoder(
        _ network: NetworkConfiguration, steps: Int, hidden: Float = 0, threads: Int = 1
    ) throws -> KeptEncoder {
        let weights = network.randomWeights(seed: 3)
        for index in 0..<weights.count where weights.buffer.base[index] != 1 {
            weights.buffer.base[index] *= 3
        }
        return KeptEncoder(
            network, weights: weights, steps: steps, streams: streams,
            regularisation: try Regularisation(hidden: hidden), threads: threads)
    }

    static func features(
        _ encoder: KeptEncoder, _ tokens: some Collection<Int32>, training: Bool = false
    ) -> [Float] {
        let features = encoder.body.forward(window(tokens), training: training)
        return Array(UnsafeBufferPointer(start: features.base, count: features.count))
    }

    static func window(_ tokens: some Collection<Int32>) -> TokenWindow {
        TokenWindow(
            inputs: Array(tokens), targets: [Int32](repeating: -1, count: tokens.count),
            resetToken: 0)
    }

    /// Features of windows of the given steps, with what each carries to the next.
    static func features(
        _ encoder: KeptEncoder, _ tokens: [Int32], cutInto steps: [Int]
    ) -> [Float] {
        var start = 0
        return steps.flatMap { steps in
            defer { start += steps * streams }
            let found = features(encoder, tokens[start..<start + steps * streams])
            encoder.body.carryState()
            return found
        }
    }

    static func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
        a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
    }

    /// Windows longer and shorter than the attention's reach, and shorter than planned for.
    @Test(
        arguments: [1, 4, 9, 70],
        [[12, 12, 12, 12], [1, 10, 3, 12, 12, 10], [7, 7, 7, 7, 7, 7, 6]])
    func windowsOneAfterTheOtherAreOneLongWindow(reach: Int, cuts: [Int]) throws {
        let network = try Self.network(window: reach)
        let tokens = Self.tokens(steps: 48)
        let long = Self.features(try Self.encoder(network, steps: 48), tokens)
        let short = Self.features(try Self.encoder(network, steps: 12), tokens, cutInto: cuts)
        #expect(Self.largestDifference(short, long) < 2e-5)
    }

    /// With one layer a place's features are those of the W tokens up to it, and of no other.
    @Test(arguments: [1, 5, 33]) func attentionReachesJustSoFar(reach: Int) throws {
        let network = try Self.network(window: reach, layers: 1)
        let steps = 40
        let tokens = (0..<steps * Self.streams).map { Int32(1 + $0 % 9) }
        var changed = tokens
        changed[3 * Self.streams + 1] = 10
        let (before, after) = (
            Self.features(try Self.encoder(network, steps: steps), tokens),
            Self.features(try Self.encoder(network, steps: steps), changed)
        )
        let width = 12
        let affected = (0..<steps * Self.streams).filter { row in
            before[row * width..<(row + 1) * width] != after[row * width..<(row + 1) * width]
        }
        let seen = (3..<min(steps, 3 + reach)).map { $0 * Self.streams + 1 }
        #expect(affected == seen)
    }

    @Test func nothingIsSeenOfThePieceBefore() throws {
        let network = try Self.network(window: 20)
        let tokens = (0..<30 * Self.streams).map { Int32(1 + $0 * 7 % 10) }
        var starting = tokens
        starting[10 * Self.streams + 2] = 0
        var other = starting
        for row in stride(from: 2, to: 10 * Self.streams, by: Self.streams) {
            other[row] = 1 + starting[row] % 10
        }
        func features(_ tokens: [Int32]) throws -> [Float] {
            Self.features(try Self.encoder(network, steps: 15), tokens, cutInto: [5, 15, 10])
        }
        let (found, expected) = (try features(other), try features(starting))
        let differing = (0..<30 * Self.streams).filter { row in
            found[row * 12..<(row + 1) * 12] != expected[row * 12..<(row + 1) * 12]
        }
        #expect(differing == (0..<10).map { $0 * Self.streams + 2 })
        // And the piece is what it is at the beginning of a stream.
        let alone = Self.features(
            try Self.encoder(network, steps: 20), Array(starting[(10 * Self.streams)...]))
        let row = (10 * Self.streams + 2) * 12
        #expect(
            Self.largestDifference(Array(expected[row..<row + 12]), Array(alone[24..<36])) < 1e-5)
    }

    @Test func aSavedStateGoesOnWhereItWas() throws {
        let network = try Self.network(window: 9)
        let tokens = Self.tokens(steps: 24)
        let first = try Self.encoder(network, steps: 12)
        _ = Self.features(first, tokens, cutInto: [12])
        let other = try Self.encoder(network, steps: 12)
        for (state, saved) in zip(other.body.carriedStates, first.body.carriedStates) {
            state.copy(from: saved)
        }
        let rest = tokens[(12 * Self.streams)...]
        let isSame = Self.features(other, rest) == Self.features(first, rest)
        #expect(isSame)
    }

    @Test func aWindowThatIsNotCarriedLeavesTheStateAlone() throws {
        let network = try Self.network(window: 9)
        let tokens = Self.tokens(steps: 24)
        let encoder = try Self.encoder(network, steps: 12)
        _ = Self.features(encoder, tokens, cutInto: [12])
        let rest = tokens[(12 * Self.streams)...]
        let once = Self.features(encoder, rest, training: true)
        let dOutput = FloatBuffer(zeros: once.count)
        dOutput.fill(1)
        encoder.body.backward(Self.window(rest), dOutput: dOutput.matrix(rows: 36, columns: 12))
        let isSame = Self.features(encoder, rest) == once
        #expect(isSame)
    }

    /// However far along a stream, a turn by the difference of two places is the same.
    @Test(arguments: [100, 65_536, 10_000_000]) func anglesAreExactFarAlongAStream(place: Int) {
        let angles = RotaryAngles(head: 32)
        var (cosines, sines) = ([Float](repeating: 0, count: 16), [Float](repeating: 0, count: 16))
        var (before, beforeSines) = (cosines, sines)
        angles.write(place: place, cosines: &cosines, sines: &sines)
        angles.write(place: place - 77, cosines: &before, sines: &beforeSines)
        for pair in 0..<16 {
            let cosine = cosines[pair] * before[pair] + sines[pair] * beforeSines[pair]
            #expect(abs(Double(cosine) - cos(77 * angles.rates[pair])) < 3e-7)
        }
    }
}
