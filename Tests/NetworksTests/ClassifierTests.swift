import Networks
import Tensors
import Testing

@Suite struct ClassifierTests {
    enum Kind: CaseIterable {
        case lstm, transformer

        func network(contexts: Int = 0) throws -> NetworkConfiguration {
            switch self {
            case .lstm:
                .lstm(
                    try LSTMConfiguration(
                        vocabulary: 7, embedding: 6, hidden: 9, layers: 3, contexts: contexts))
            case .transformer:
                .transformer(
                    try TransformerConfiguration(
                        vocabulary: 7, embedding: 6, layers: 3, heads: 3, feedForward: 10,
                        window: 9, contexts: contexts))
            }
        }
    }

    static func configuration(
        _ kind: Kind = .lstm, pooling: SequencePooling = .concatenated, hidden: Int = 5,
        contexts: Int = 0
    ) throws -> ClassifierConfiguration {
        try ClassifierConfiguration(
            network: kind.network(contexts: contexts), pooling: pooling, hidden: hidden,
            classes: ["people", "machines", "cats"])
    }

    static func classifier(
        _ configuration: ClassifierConfiguration, steps: Int, streams: Int, windows: Int = 1,
        regularisation: Regularisation = .none
    ) -> SequenceClassifier {
        SequenceClassifier(
            configuration: configuration, weights: configuration.randomWeights(seed: 4),
            steps: steps, streams: streams, windows: windows, regularisation: regularisation)
    }

    static func sequences(_ lengths: [Int]) -> [[Int32]] {
        var generator = SeededGenerator(seed: 9)
        return lengths.map { length in
            [0] + (1..<length).map { _ in Int32.random(in: 1..<7, using: &generator) }
        }
    }

    // MARK: - Places and windows

    @Test(arguments: SequencePooling.allCases, Kind.allCases)
    func paddingAndNeighboursChangeNothing(pooling: SequencePooling, kind: Kind) throws {
        let contexts = pooling == .mean ? 0 : CountingContext.count
        let configuration = try Self.configuration(kind, pooling: pooling, contexts: contexts)
        let context = contexts > 0 ? CountingContext() : nil
        let sequences = Self.sequences([3, 20, 1, 7])
        let together = Self.classifier(configuration, steps: 20, streams: 5).logProbabilities(
            of: SequenceBatch(sequences, resetToken: 0, context: context))
        for (sequence, expected) in zip(sequences, together) {
            let alone = Self.classifier(configuration, steps: sequence.count, streams: 1)
                .logProbabilities(
                    of: SequenceBatch([sequence], resetToken: 0, context: context))
            for (a, b) in zip(alone[0], expected) { #expect(abs(a - b) < 1e-6) }
        }
        #expect(Set(together).count == 4)
    }

    @Test(arguments: Kind.allCases)
    func thePaddingsOwnWeightsCountForNothing(kind: Kind) throws {
        let configuration = try Self.configuration(kind)
        // No sequence has token 1: it stands behind their ends only.
        let batch = SequenceBatch(
            [[0, 3, 4, 4, 5], [2], [6, 5]], labels: [0, 1, 2], resetToken: 0)
        func results(_ value: Float) -> ([[Double]], [Float]) {
            let classifier = Self.classifier(configuration, steps: 2, streams: 4, windows: 3)
            classifier.weights.matrix(classifier.weights.tensors[0]).rows(from: 1, count: 1)
                .fill(value)
            var generator = SeededGenerator(seed: 1)
            let found = classifier.logProbabilities(of: batch)
            _ = classifier.differentiate(batch, using: &generator)
            return (found, Array(classifier.gradients.buffer))
        }
        let (small, large) = (results(0), results(5))
        #expect(small == large)
        #expect(small.1[6..<12].allSatisfy { $0 == 0 })
    }

    @Test(arguments: SequencePooling.allCases, Kind.allCases)
    func theWindowsLengthDoesNotChangeWhatASequenceIs(
        pooling: SequencePooling, kind: Kind
    ) throws {
        let configuration = try Self.configuration(kind, pooling: pooling)
        let batch = SequenceBatch(Self.sequences([13, 5, 8]), resetToken: 0)
        let whole = Self.classifier(configuration, steps: 13, streams: 3)
            .logProbabilities(of: batch)
        for steps in [1, 4, 5, 12] {
            let cut = Self.classifier(configuration, steps: steps, streams: 3)
                .logProbabilities(of: batch)
            for (a, b) in zip(cut.joined(), whole.joined()) { #expect(abs(a - b) < 1e-6) }
        }
    }

    @Test(arguments: Kind.allCases)
    func aBatchLeavesNothingBehindForTheNext(kind: Kind) throws {
        let configuration = try Self.configuration(kind)
        let classifier = Self.classifier(configuration, steps: 3, streams: 2, windows: 3)
        // No start tokens, which would clear the state.
        let batch = SequenceBatch([[3, 1, 4, 2], [2, 5]], labels: [2, 0], resetToken: 0)
        let first = classifier.logProbabilities(of: batch)
        _ = classifier.logProbabilities(of: SequenceBatch([[6, 6, 6, 5, 5]], resetToken: 0))
        var generator = SeededGenerator(seed: 1)
        _ = classifier.differentiate(batch, using: &generator)
        #expect(classifier.logProbabilities(of: batch) == first)
    }

    /// DropConnect masks a window's gradients when the window is done. Here the state hardly matters,
    /// so that nothing is lost at the cuts.
    @Test func gradientsOfTheWindowsAddUpUnderDropConnect() throws {
        let configuration = try Self.configuration(pooling: .mean)
        let batch = SequenceBatch(Self.sequences([11, 5]), labels: [1, 2], resetToken: 0)
        func gradients(steps: Int) throws -> [Float] {
            let classifier = Self.classifier(
                configuration, steps: steps, streams: 2, windows: 3,
                regularisation: try Regularisation(input: 0.3, hidden: 0.4, weight: 0.5))
            for tensor in classifier.weights.tensors where tensor.name.hasPrefix("lstm.") {
                let values = classifier.weights.values(of: tensor)
                for index in values.indices {
                    values[index] *= tensor.name.hasSuffix("hh") ? 1e-3 : 3
                    if values[index] == 3 { values[index] = -30 }  // forget gates
                }
            }
            var generator = SeededGenerator(seed: 6)
            _ = classifier.differentiate(batch, using: &generator)
            return Array(classifier.gradients.buffer)
        }
        let (cut, whole) = (try gradients(steps: 4), try gradients(steps: 11))
        let largest = zip(cut, whole).reduce(0) { max($0, abs($1.0 - $1.1)) }
        let recurrent = try #require(
            ParameterSet(configuration.shapes).tensor(named: "lstm.2.weight_hh"))
        let size = whole[recurrent.offset...].prefix(recurrent.count).reduce(0) { max($0, abs($1)) }
        #expect(size > 1e-4 && largest < 0.01 * size)
    }

    /// A window whose activations are gone is read once more, from the state that entered it.
    @Test(arguments: Kind.allCases)
    func onTheWayBackEveryWindowIsReadAsItWas(kind: Kind) throws {
        let configuration = try Self.configuration(kind, pooling: .last)
        let sequence = Self.sequences([11])[0]
        // With `last`, and no gradient across the cuts, the last window's tells all.
        func gradients(_ lengths: [Int]) throws -> [Float] {
            let classifier = Self.classifier(configuration, steps: 4, streams: 2, windows: 3)
            var generator = SeededGenerator(seed: 6)
            _ = classifier.differentiate(
                SequenceBatch(
                    lengths.map { Array(sequence[..<$0]) }, labels: lengths.map { _ in 1 },
                    resetToken: 0), using: &generator)
            return Array(classifier.gradients.buffer)
        }
        let (short, long) = (try gradients([6]), try gradients([11]))
        let both = try gradients([6, 11])
        for index in both.indices {
            #expect(abs(2 * both[index] - short[index] - long[index]) < 1e-6)
        }
    }

    // MARK: - Bad input

    @Test func aStartTokenWithinASequenceTraps() async {
        await #expect(processExitsWith: .failure) {
            _ = SequenceBatch([[0, 1, 0]], resetToken: 0)
        }
    }

    @Test func aLabelThatIsNoClassTraps() async {
        await #expect(processExitsWith: .failure) {
            let classifier = Self.classifier(try Self.configuration(), steps: 3, streams: 1)
            var generator = SeededGenerator(seed: 1)
            _ = classifier.differentiate(
                SequenceBatch([[0, 1]], labels: [3], resetToken: 0), using: &generator)
        }
    }
}
