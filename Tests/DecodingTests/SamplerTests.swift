import Decoding
import Foundation
import Tensors
import Testing

@Suite struct SamplerTests {
    /// In order of probability: 2 (0.42), 5 (0.25), 0 and 6 (0.11 each), 4 (0.06), 1 (0.03), 3, 7.
    private let logits: [Float] = [1, -0.3, 2.3, -1, 0.4, 1.8, 1, -.infinity]

    private func settings(
        temperature: Float = 1, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
        choiceFrequency: Float? = nil
    ) throws -> Sampler {
        Sampler(
            try SamplingSettings(
                temperature: temperature, topK: topK, topP: topP, minP: minP,
                choiceFrequency: choiceFrequency))
    }

    @Test func plainSamplingFollowsTheModel() throws {
        #expect(fits(try frequencies(Sampler(.plain), logits), softmax(logits)))
    }

    @Test(arguments: [0.25, 0.7, 1.5, 10])
    func temperatureDividesTheLogits(temperature: Float) throws {
        let found = try frequencies(try settings(temperature: temperature), logits)
        #expect(fits(found, softmax(logits, temperature: Double(temperature))))
        #expect(!fits(found, softmax(logits)))
    }

    @Test(arguments: [1e-30, .leastNonzeroMagnitude] as [Float])
    func tinyTemperaturesTakeTheBest(temperature: Float) throws {
        let found = try frequencies(try settings(temperature: temperature), logits, draws: 100)
        #expect(found[2] == 1)
    }

    @Test(arguments: [
        (1, [2]), (2, [2, 5]), (3, [2, 5, 0]), (4, [2, 5, 0, 6]), (5, [2, 5, 0, 6, 4]),
    ])
    func topKLeavesTheLikeliestTokens(count: Int, remaining: [Int]) throws {
        let found = try frequencies(try settings(topK: count), logits)
        #expect(fits(found, leaving(Set(remaining), of: softmax(logits))))
    }

    @Test(
        arguments: [
            (1e-30, [2]), (0.3, [2]), (0.6, [2, 5]), (0.7, [2, 5, 0]), (0.85, [2, 5, 0, 6]),
        ] as [(Float, [Int])])
    func topPLeavesTheNucleus(probability: Float, remaining: [Int]) throws {
        let found = try frequencies(try settings(topP: probability), logits)
        #expect(fits(found, leaving(Set(remaining), of: softmax(logits))))
    }

    @Test(
        arguments: [
            (0, [0, 1, 2, 3, 4, 5, 6]), (0.1, [0, 2, 4, 5, 6]), (0.25, [0, 2, 5, 6]),
            (0.5, [2, 5]), (1, [2]),
        ] as [(Float, [Int])])
    func minPLeavesAFractionOfTheLikeliest(fraction: Float, remaining: [Int]) throws {
        let found = try frequencies(try settings(minP: fraction), logits)
        #expect(fits(found, leaving(Set(remaining), of: softmax(logits))))
    }

    /// Truncations without effect must also leave the choice for each random number as it is.
    @Test func wideTruncationsChangeNothing() throws {
        let samplers = [
            Sampler(.plain), try settings(topK: 7), try settings(topK: 8),
            try settings(topK: 10_000),
            try settings(topP: 1), try settings(minP: 0), try settings(choiceFrequency: 1),
            Sampler(transforms: []),
        ]
        for seed in UInt64(0)..<200 {
            let tokens = try samplers.map { sampler in
                var (sampler, generator) = (sampler, SeededGenerator(seed: seed))
                return try sampler.sample(from: logits, using: &generator)
            }
            #expect(Set(tokens).count == 1)
        }
    }

    /// Each truncation sees what the one before left: of the top two, at temperature 2, the first
    /// has 0.56 of the probability and so is the nucleus of 0.5.
    @Test func settingsApplyInTheDocumentedOrder() throws {
        let tempered = softmax(logits, temperature: 2)
        #expect(tempered[2] < 0.5)
        let found = try frequencies(
            try settings(temperature: 2, topK: 2, topP: 0.5), logits, draws: 1000)
        #expect(found[2] == 1)
        let wider = try frequencies(try settings(temperature: 2, topK: 2, topP: 0.6), logits)
        #expect(fits(wider, leaving([2, 5], of: tempered)))
        // At temperature 4, token 4 is 0.62 as likely as the best; at temperature 1, 0.15.
        let last = try frequencies(try settings(temperature: 4, topK: 6, minP: 0.6), logits)
        #expect(fits(last, leaving([0, 2, 4, 5, 6], of: softmax(logits, temperature: 4))))
    }

    @Test(arguments: [0, 0.2, 0.5, 0.9] as [Float])
    func choiceFrequencyMixesSamplingWithTheBest(frequency: Float) throws {
        let found = try frequencies(try settings(topK: 4, choiceFrequency: frequency), logits)
        let top = leaving([2, 5, 0, 6], of: softmax(logits))
        let share = Double(frequency)
        #expect(
            fits(found, top.enumerated().map { share * $1 + ($0 == 2 ? 1 - share : 0) }))
    }

    @Test func theLowestOfEqualTokensIsTheBest() throws {
        let flat = [Float](repeating: 0.5, count: 9)
        #expect(try frequencies(Sampler(.greedy), flat, draws: 10)[0] == 1)
        #expect(
            fits(
                try frequencies(try settings(topK: 3), flat),
                leaving([0, 1, 2], of: softmax(flat))))
    }

    @Test func logProbabilityIsTheModelsOwn() throws {
        let own = softmax(logits)
        var sampler = try settings(temperature: 3, topK: 3, topP: 0.9, choiceFrequency: 0.5)
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<100 {
            let choice = try #require(try sampler.sample(from: logits, using: &generator))
            #expect(abs(Double(choice.logProbability) - log(own[choice.token])) < 1e-6)
        }
    }

    @Test func largeLogitsDoNotOverflow() throws {
        let large: [Float] = [3e38, -3e38, 3e38, 1e38]
        let found = try frequencies(try settings(temperature: 0.5), large)
        #expect(fits(found, [0.5, 0, 0.5, 0]))
    }

    @Test func nothingIsChosenWhereNothingIsAllowed() throws {
        var sampler = Sampler(.plain)
        var generator = SeededGenerator(seed: 1)
        let masked = [Float](repeating: -.infinity, count: 4)
        #expect(try sampler.sample(from: masked, using: &generator) == nil)
        #expect(try sampler.sample(from: [], using: &generator) == nil)
        #expect(try sampler.sample(from: [0, 1], using: &generator) != nil)
    }

    @Test(arguments: [Float.nan, .infinity])
    func logitsThatAreNoNumbersAreErrors(logit: Float) throws {
        var sampler = Sampler(.greedy)
        var generator = SeededGenerator(seed: 1)
        let error = try #require(throws: SamplingError.self) {
            try sampler.sample(from: [0, 1, logit], using: &generator)
        }
        #expect(error.token == 2)
        #expect(error.description.hasPrefix("the model's logit for token 2 is \(logit):"))
    }

    /// The heap against a sort, over many sizes, with ties.
    @Test func truncationsAgreeWithASort() throws {
        var generator = SeededGenerator(seed: 5)
        for size in 1...60 {
            let logits = (0..<size).map { _ in Float(generator.next() % 20) / 4 }
            let order = logits.indices.sorted {
                (-logits[$0], $0) < (-logits[$1], $1)
            }
            let probabilities = softmax(logits)
            let count = 1 + Int(generator.next() % UInt64(size))
            let kept = Set(order.prefix(count))
            var sampler = Sampler(transforms: [TopK(size), TopK(count), TopP(0.999_999)])
            for _ in 0..<50 {
                let choice = try #require(try sampler.sample(from: logits, using: &generator))
                #expect(kept.contains(choice.token))
            }
            var nucleus = 0.0
            let enough = order.prefix { token in
                defer { nucleus += probabilities[token] }
                return nucleus < 0.4
            }
            var narrow = Sampler(transforms: [TopP(0.4)])
            for _ in 0..<50 {
                let choice = try #require(try narrow.sample(from: logits, using: &generator))
                #expect(enough.contains(choice.token))
            }
        }
    }
}
