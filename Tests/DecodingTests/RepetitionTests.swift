import Decoding
import Foundation
import Tensors
import Testing

@Suite struct RepetitionTests {
    private let logits: [Float] = [1, -0.3, 2.3, -1, 0.4, 1.8, 1, -.infinity]

    private func frequencies(
        after history: [Int], _ settings: RepetitionSettings, logits: [Float]? = nil
    ) throws -> [Double] {
        let control = RepetitionControl(settings, history: history)
        var (sampler, generator) = (Sampler(.plain), SeededGenerator(seed: 1))
        let logits = logits ?? self.logits
        var counts = [Double](repeating: 0, count: logits.count)
        for _ in 0..<20_000 {
            let choice = try logits.withUnsafeBufferPointer {
                try sampler.sample(from: $0, repetition: control, using: &generator)
            }
            counts[try #require(choice).token] += 1
        }
        return counts.map { $0 / 20_000 }
    }

    @Test("A used token is so many times less likely", arguments: [1.2, 3] as [Float])
    func penaltyDividesProbabilities(penalty: Float) throws {
        let found = try frequencies(
            after: [2, 0, 2, 2], try RepetitionSettings(penalty: penalty))
        let weights = softmax(logits).enumerated().map { token, probability in
            [0, 2].contains(token) ? probability / Double(penalty) : probability
        }
        #expect(fits(found, weights.map { $0 / weights.reduce(0, +) }))
        #expect(!fits(found, softmax(logits)))
    }

    @Test func penaltyForgetsWhatIsLongAgo() throws {
        let settings = try RepetitionSettings(penalty: 3)
        #expect(
            fits(
                try frequencies(after: [2] + [Int](repeating: 7, count: 64), settings),
                softmax(logits)))
        var penalty = RepetitionPenalty(2, window: 3)
        for token in [5, 5, 1, 5, 4, 6, 6, 3] { penalty.advance(token) }
        var sampler = Sampler(transforms: [penalty, TopK(1)])
        var generator = SeededGenerator(seed: 1)
        // 6 and 3 are used; 5 is not any more.
        let choice = try sampler.sample(from: [0, 0, 0, 2, 0, 1.9, 2], using: &generator)
        #expect(choice?.token == 5)
    }

    @Test func passagesMayNotComeTwice() throws {
        // 4 6 2 came; after 4 6, not 2 again. 5 6 came, but not 5 6 2.
        let settings = try RepetitionSettings(noRepeat: 3)
        let found = try frequencies(after: [4, 6, 2, 5, 0, 4, 6], settings)
        #expect(fits(found, leaving([0, 1, 3, 4, 5, 6], of: softmax(logits))))
        #expect(fits(try frequencies(after: [4, 6, 2, 5, 6], settings), softmax(logits)))
        #expect(fits(try frequencies(after: [4, 6], settings), softmax(logits)))
        // A passage may overlap itself.
        let overlapping = try frequencies(after: [2, 2, 2], settings)
        #expect(fits(overlapping, leaving([0, 1, 3, 4, 5, 6], of: softmax(logits))))
    }

    @Test func passagesMayComeAsOftenAsSaid() throws {
        let settings = try RepetitionSettings(noRepeat: 2, repeats: 2)
        #expect(fits(try frequencies(after: [4, 2, 4, 2, 4], settings), softmax(logits)))
        let third = try frequencies(after: [4, 2, 4, 2, 4, 2, 4], settings)
        #expect(fits(third, leaving([0, 1, 3, 4, 5, 6], of: softmax(logits))))
    }

    @Test func whereEverythingWouldRepeatNothingIsForbidden() throws {
        let settings = try RepetitionSettings(noRepeat: 2)
        let only: [Float] = [-.infinity, 0, 1]
        let found = try frequencies(after: [2, 2, 1, 2], settings, logits: only)
        #expect(fits(found, softmax(only)))
    }

    /// The hashes against a search through the history, over many lengths.
    @Test func limitAgreesWithASearchThroughTheHistory() throws {
        var generator = SeededGenerator(seed: 3)
        var forbidden = 0
        for (length, repeats) in [(2, 0), (2, 3), (3, 0), (3, 1), (5, 0), (7, 2)] {
            var limit = RepeatLimit(length: length, repeats: repeats)
            var history: [Int] = []
            for _ in 0..<400 {
                let next = (0..<3).filter { token in
                    let passage = history.suffix(length - 1) + [token]
                    let starts = 0..<max(0, history.count - length + 1)
                    return passage.count < length
                        || starts.count { history[$0..<$0 + length] == passage } <= repeats
                }
                let allowed = next.isEmpty ? [0, 1, 2] : next
                var sampler = Sampler(transforms: [limit])
                var found: Set<Int> = []
                for seed in UInt64(0)..<20 {
                    var generator = SeededGenerator(seed: seed)
                    found.insert(
                        try sampler.sample(from: [0, 0, 0], using: &generator)?.token ?? -1)
                }
                #expect(found == Set(allowed))
                forbidden += 3 - allowed.count
                // Few changes, so that long passages repeat.
                let token =
                    generator.uniformDouble() < 0.2 ? Int(generator.next() % 3) : history.count % 2
                history.append(token)
                limit.advance(token)
            }
        }
        #expect(forbidden > 100)
    }

    /// A loop of so many steps would last for a thousand years.
    @Test(.timeLimit(.minutes(1)))
    func aPassageOfAnyLengthIsReadyAtOnce() {
        var limit = RepeatLimit(length: .max, repeats: .max)
        limit.advance(1)
        #expect(limit.length == .max && limit.repeats == .max)
    }

    @Test func longPassagesAreKnownAgain() throws {
        var limit = RepeatLimit(length: 65)
        for step in 0..<70 { limit.advance(step % 3) }
        var sampler = Sampler(transforms: [limit])
        var found: Set<Int> = []
        for seed in UInt64(0)..<40 {
            var generator = SeededGenerator(seed: seed)
            found.insert(try sampler.sample(from: [0, 0, 0], using: &generator)?.token ?? -1)
        }
        #expect(found == [0, 2], "1 would be the 71st of a pattern of three")
    }

    @Test func copyingForksTheHistory() throws {
        var one = RepeatLimit(length: 2)
        for token in [0, 1, 0] { one.advance(token) }
        var other = one
        other.advance(2)
        #expect(one != other)
        one.advance(2)
        #expect(one == other)
    }

    @Test func repetitionComesFirst() throws {
        // Without the best token, the next two are the best two.
        let settings = try SamplingSettings(topK: 2, repetition: RepetitionSettings(noRepeat: 2))
        let control = RepetitionControl(settings.repetition, history: [4, 2, 4])
        var (sampler, generator) = (Sampler(settings), SeededGenerator(seed: 1))
        var found: Set<Int> = []
        let own = softmax(logits)
        for _ in 0..<200 {
            let choice = try #require(
                try logits.withUnsafeBufferPointer {
                    try sampler.sample(from: $0, repetition: control, using: &generator)
                })
            found.insert(choice.token)
            #expect(abs(Double(choice.logProbability) - log(own[choice.token])) < 1e-6)
        }
        #expect(found == [5, 0])
    }

    @Test func streamsRepeatNoPassageOfThePromptNorOfTheirOwn() throws {
        let model = HashedModel(vocabularySize: 8)
        let prompt = [0, 1, 2, 3, 0, 2]
        let settings = try SamplingSettings(
            temperature: 0.3, repetition: RepetitionSettings(noRepeat: 3))
        let streams = try BatchGenerator(model: model, settings: settings, tokenLimit: 40).generate(
            streams: 0..<8, after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
            seed: 1)
        let beams = try BeamSearch(
            model: model,
            settings: BeamSettings(repetition: RepetitionSettings(noRepeat: 3)), tokenLimit: 40
        ).search(after: ReadPrompt(prompt, by: model), constraint: NoConstraint())
        for tokens in streams.map(\.tokens) + beams.map(\.tokens) {
            let all = prompt + tokens
            let passages = (0...all.count - 3).map { Array(all[$0..<$0 + 3]) }
            #expect(Set(passages).count == passages.count)
        }
    }

    @Test(
        "Illegal settings are refused",
        arguments: [
            (0.9, nil, nil, "--repetition-penalty must be a number from 1 to 100, not 0.9"),
            (.nan, nil, nil, "--repetition-penalty must be a number from 1 to 100, not nan"),
            (100.5, nil, nil, "--repetition-penalty must be a number from 1 to 100, not 100.5"),
            (nil, 1, nil, "--no-repeat must be a whole number from 2 to 10000, not 1"),
            (nil, 10_001, nil, "--no-repeat must be a whole number from 2 to 10000, not 10001"),
            (nil, .max, nil, "--no-repeat must be a whole number from 2 to 10000, not \(Int.max)"),
            (
                nil, 8, -1,
                "--repeats must be a whole number from 0 to 10000, beside --no-repeat, not -1"
            ),
            (
                nil, 8, .max,
                "--repeats must be a whole number from 0 to 10000, beside --no-repeat, not \(Int.max)"
            ),
            (
                nil, nil, 2,
                "--repeats must be a whole number from 0 to 10000, beside --no-repeat, not 2"
            ),
        ] as [(Float?, Int?, Int?, String)])
    func settingsAreChecked(penalty: Float?, noRepeat: Int?, repeats: Int?, text: String) throws {
        let error = try #require(throws: SamplingSettingsError.self) {
            try RepetitionSettings(penalty: penalty, noRepeat: noRepeat, repeats: repeats)
        }
        #expect(error.description == text)
    }
}
