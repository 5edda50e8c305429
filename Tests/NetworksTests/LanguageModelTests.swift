import Networks
import Tensors
import Testing

/// What holds for a language model whatever its network.
@Suite struct LanguageModelTests {
    private static let vocabulary = 11

    private static func model(
        steps: Int, threads: Int = 1, regularised: Bool = false
    ) throws -> LanguageModel {
        let configuration = NetworkConfiguration.lstm(
            try LSTMConfiguration(vocabulary: vocabulary, embedding: 20, hidden: 36, layers: 3))
        let regularisation =
            regularised
            ? try Regularisation(
                embedding: 0.1, input: 0.2, hidden: 0.3, output: 0.2, weight: 0.5, activation: 2,
                temporalActivation: 1) : .none
        return LanguageModel(
            configuration: configuration, weights: configuration.randomWeights(seed: 2),
            steps: steps, streams: 5, regularisation: regularisation,
            team: ThreadTeam(threads: threads))
    }

    /// T steps of 5 streams; pieces begin here and there.
    private static func window(steps: Int, using generator: inout SeededGenerator) -> TokenWindow {
        let count = steps * 5
        var window = TokenWindow(
            inputs: (0..<count).map { _ in Int32.random(in: 1..<11, using: &generator) },
            targets: (0..<count).map { _ in Int32.random(in: 1..<11, using: &generator) },
            resetToken: 0)
        for row in 0..<count where generator.uniform() < 0.05 {
            window.inputs[row] = 0
            if row >= 5 { window.targets[row - 5] = -1 }
        }
        return window
    }

    /// The gradients after each of six windows, and the losses.
    private static func results(
        threads: Int, regularised: Bool
    ) throws -> (losses: [Double], gradients: [[Float]]) {
        let model = try model(steps: 24, threads: threads, regularised: regularised)
        var generator = SeededGenerator(seed: 4)
        var (losses, gradients): ([Double], [[Float]]) = ([], [])
        for _ in 0..<6 {
            let window = window(steps: 24, using: &generator)
            losses.append(model.differentiate(window, using: &generator))
            gradients.append(Array(model.gradients.buffer))
        }
        return (losses, gradients)
    }

    @Test(arguments: [1, 2, 3], [false, true])
    func twoRunsAreTheSameBitForBit(threads: Int, regularised: Bool) throws {
        let first = try Self.results(threads: threads, regularised: regularised)
        let second = try Self.results(threads: threads, regularised: regularised)
        #expect(first.losses == second.losses)
        #expect(first.gradients == second.gradients)
    }

    @Test func theNumberOfThreadsChangesNothingButRounding() throws {
        let one = try Self.results(threads: 1, regularised: true)
        let three = try Self.results(threads: 3, regularised: true)
        for (loss, other) in zip(one.losses, three.losses) { #expect(abs(loss - other) < 1e-3) }
        for (gradient, other) in zip(one.gradients, three.gradients) {
            #expect(zip(gradient, other).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    /// Windows of 24, 7, 1 and 16 steps in a memory planned for 24, against one of 48 steps.
    @Test func windowsMayHaveAnyNumberOfStepsUpToThePlanned() throws {
        var generator = SeededGenerator(seed: 6)
        let whole = Self.window(steps: 48, using: &generator)
        let long = try Self.model(steps: 48)
        let expected = long.score(whole)
        let short = try Self.model(steps: 24)
        var (found, start) = (0.0, 0)
        for steps in [24, 7, 1, 16] {
            let rows = start * 5..<(start + steps) * 5
            found += short.score(
                TokenWindow(
                    inputs: Array(whole.inputs[rows]), targets: Array(whole.targets[rows]),
                    resetToken: 0))
            start += steps
        }
        #expect(abs(found - expected) < 1e-6 * expected)
        for (state, other) in zip(short.carriedStates, long.carriedStates) {
            #expect((0..<state.count).allSatisfy { abs(state.base[$0] - other.base[$0]) < 1e-5 })
        }
    }

    /// A shorter window's gradients are those of a network that was planned for it.
    @Test func aShorterWindowHasItsOwnGradients() throws {
        var generator = SeededGenerator(seed: 7)
        let (long, short) = (
            Self.window(steps: 24, using: &generator), Self.window(steps: 9, using: &generator)
        )
        let (roomy, exact) = (try Self.model(steps: 24), try Self.model(steps: 9))
        _ = roomy.differentiate(long, using: &generator)
        for (state, other) in zip(exact.carriedStates, roomy.carriedStates) {
            state.copy(from: other)
        }
        let loss = roomy.differentiate(short, using: &generator)
        #expect(abs(exact.differentiate(short, using: &generator) - loss) < 1e-4)
        let gradients = zip(roomy.gradients.buffer.elements, exact.gradients.buffer.elements)
        #expect(gradients.allSatisfy { abs($0 - $1) < 1e-6 })
    }
}
