import Decoding
import Foundation
import Networks
import Testing

@Suite struct ParticleGeneratorTests {
    /// Takes turns: one of the tokens 0…2 as one likes, then a given one.
    private struct Turns: TokenConstraint {
        let parts: [Int]
        var written = 0

        var given: Int { written / 2 }
        var isFinished: Bool { written == 2 * parts.count }

        mutating func advance(_ token: Int) { written += 1 }

        func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
            let isFree = written.isMultiple(of: 2)
            // The given token stands for all others.
            if !isFree { logits[parts[given]] = log(logits.reduce(0) { $0 + exp($1) }) }
            for token in logits.indices where isFree ? token > 2 : token != parts[given] {
                logits[token] = -.infinity
            }
        }
    }

    private let model = HashedModel(vocabularySize: 6)
    private let turns = Turns(parts: [4, 3, 5])

    private func stream(
        _ number: Int, particles: Int, tokenLimit: Int = 40, model: HashedModel? = nil,
        constraint: some TokenConstraint, isCancelled: () -> Bool = { false }
    ) throws -> GeneratedStream {
        let model = model ?? self.model
        return try ParticleGenerator(
            model: model, settings: .plain, tokenLimit: tokenLimit, particles: particles
        ).generate(
            stream: number, after: ReadPrompt([0, 2], by: model), constraint: constraint,
            isCancelled: isCancelled)
    }

    /// The probability of each text that goes with what is given, worked out one by one.
    private func posterior() -> [[Int]: Double] {
        var texts: [[Int]: Double] = [:]
        for number in 0..<27 {
            let free = [number / 9, number / 3 % 3, number % 3]
            var state = model.initialState(streams: 1)
            var logits: [Float] = []
            model.read([0, 2], state: &state, logits: &logits)
            var probability = 1.0
            var text: [Int] = []
            for (own, given) in zip(free, turns.parts) {
                probability *= softmax(Array(logits[..<3]))[own]
                model.step([own], state: &state, logits: &logits)
                probability *= softmax(logits)[given]
                model.step([given], state: &state, logits: &logits)
                text += [own, given]
            }
            texts[text] = probability
        }
        let sum = texts.values.reduce(0, +)
        return texts.mapValues { $0 / sum }
    }

    /// Half the sum of differences between what is written and the posterior.
    private func distance(particles: Int, streams: Int = 3_000) throws -> Double {
        var counts: [[Int]: Double] = [:]
        for number in 0..<streams {
            let written = try stream(number, particles: particles, constraint: turns).tokens
            counts[written, default: 0] += 1 / Double(streams)
        }
        let posterior = posterior()
        #expect(counts.keys.allSatisfy { posterior[$0] != nil })
        return posterior.reduce(0) { $0 + abs($1.value - counts[$1.key, default: 0]) } / 2
    }

    @Test func whatIsWrittenFitsWhatIsGivenAfterIt() throws {
        #expect(try distance(particles: 1) > 0.2, "alone, a particle cannot know")
        #expect(try distance(particles: 48) < 0.06)
    }

    @Test func aStreamFollowsFromItsNumber() throws {
        let streams = try (0..<20).map { try stream($0, particles: 4, constraint: turns) }
        #expect(try (0..<20).map { try stream($0, particles: 4, constraint: turns) } == streams)
        #expect(Set(streams.map(\.tokens)).count > 3)
        #expect(streams.map(\.number) == Array(0..<20))
        #expect(streams.allSatisfy { $0.end == .finished && $0.tokens.count == 6 })
    }

    @Test func whereNothingIsGivenItWritesToTheEnd() throws {
        let finished = try (0..<20).map {
            try stream($0, particles: 3, tokenLimit: 400, constraint: NoThirds(last: 2))
        }
        #expect(finished.allSatisfy { $0.end == .finished && $0.tokens.last == 1 })
        #expect(Set(finished.map(\.tokens.count)).count > 3)
    }

    @Test func endsAreTold() throws {
        let limited = try stream(0, particles: 3, tokenLimit: 4, constraint: turns)
        #expect(limited.end == .tokenLimit && limited.tokens.count == 4)
        let stuck = try stream(0, particles: 3, constraint: EachTokenOnce())
        #expect(stuck.end == .nothingAllowed && stuck.tokens.count == 6)
        let full = try stream(0, particles: 3, constraint: NoRoom())
        #expect(full.end == .finished && full.tokens.isEmpty)
        let cancelled = try stream(0, particles: 3, constraint: turns) { true }
        #expect(cancelled.end == .cancelled)
    }

    @Test func logitsThatAreNoNumbersAreAnError() {
        #expect(throws: GenerationError.self) {
            try stream(
                0, particles: 3, model: HashedModel(vocabularySize: 6, failsAt: 4),
                constraint: turns)
        }
    }
}
