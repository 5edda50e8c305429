import Decoding
import Foundation
import Networks
import Tensors
import Testing

@Suite struct BeamSearchTests {
    private let model = HashedModel()
    private let prompt = [0, 5, 7, 3]

    private func search(
        _ settings: BeamSettings, by model: HashedModel = HashedModel(), tokenLimit: Int = 30,
        constraint: some TokenConstraint = NoConstraint()
    ) throws -> [FoundBeam] {
        try BeamSearch(model: model, settings: settings, tokenLimit: tokenLimit).search(
            after: ReadPrompt(prompt, by: model), constraint: constraint)
    }

    /// A sequence's log-probability under the model among the tokens that a constraint allows.
    private func logProbability(
        _ tokens: [Int], by model: HashedModel, constraint: NoThirds? = nil
    ) -> Double {
        var (state, logits, constraint) = (model.initialState(streams: 1), [Float](), constraint)
        var sum = 0.0
        model.read(prompt, state: &state, logits: &logits)
        for token in tokens {
            let allowed = logits.indices.filter { constraint?.allows($0) ?? true }
            let total = allowed.reduce(0) { $0 + exp(Double(logits[$1])) }
            sum += Double(logits[token]) - log(total)
            constraint?.advance(token)
            model.step([token], state: &state, logits: &logits)
        }
        return sum
    }

    /// All sequences of a model's tokens that a constraint allows, to their ends.
    private func allSequences(
        after tokens: [Int] = [], constraint: NoThirds, vocabulary: Int, limit: Int
    ) -> [[Int]] {
        if constraint.isFinished || tokens.count == limit { return [tokens] }
        return (0..<vocabulary).filter(constraint.allows).flatMap { token in
            var constraint = constraint
            constraint.advance(token)
            return allSequences(
                after: tokens + [token], constraint: constraint, vocabulary: vocabulary,
                limit: limit)
        }
    }

    @Test("Wide enough, it finds what trying all sequences finds", arguments: [0, 0.5, 1, 2])
    func wideBeamsAreExhaustive(lengthPenalty: Float) throws {
        let small = HashedModel(vocabularySize: 5)
        let start = NoThirds(last: 3)
        let all = allSequences(constraint: start, vocabulary: 5, limit: 5)
        #expect(Set(all.map(\.count)).count > 3, "of many lengths")
        let ranked = all.map { tokens in
            let sum = logProbability(tokens, by: small, constraint: start)
            return (tokens, sum, sum / pow(Double(tokens.count), Double(lengthPenalty)))
        }.sorted { $0.2 > $1.2 }
        let found = try search(
            BeamSettings(beams: all.count, expansions: 5, lengthPenalty: lengthPenalty),
            by: small, tokenLimit: 5, constraint: start)
        #expect(found.map(\.tokens) == ranked.map(\.0))
        for (beam, expected) in zip(found, ranked) {
            #expect(abs(beam.logProbability - expected.1) < 1e-4)
            #expect(abs(beam.score - expected.2) < 1e-4)
            #expect(beam.end == (beam.tokens.last == 1 ? .finished : .tokenLimit))
        }
    }

    @Test func oneBeamIsGreedy() throws {
        let found = try search(BeamSettings(beams: 1, expansions: 1))
        let greedy = try BatchGenerator(model: model, settings: .greedy, tokenLimit: 30).generate(
            streams: 0..<1, after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
            seed: 1)
        #expect(found.map(\.tokens) == greedy.map(\.tokens))
        #expect(abs(found[0].logProbability - greedy[0].logProbability) < 1e-4)
    }

    /// Step by step beside a plain implementation that sorts all longer beginnings by their sums.
    @Test(
        "It keeps the n best of the m best tokens of each beam",
        arguments: [(3, 3), (4, 2), (2, 9), (7, 12)])
    func beamsAreTheBestExpansions(beams: Int, expansions: Int) throws {
        var kept: [[Int]] = [[]]
        for _ in 0..<12 {
            let longer = kept.flatMap { beginning in
                (0..<12).map { beginning + [$0] }
                    .sorted { logProbability($0, by: model) > logProbability($1, by: model) }
                    .prefix(expansions)
            }
            kept = Array(
                longer.sorted { logProbability($0, by: model) > logProbability($1, by: model) }
                    .prefix(beams))
        }
        let found = try search(
            BeamSettings(beams: beams, expansions: expansions), tokenLimit: 12)
        #expect(found.map(\.tokens) == kept)
    }

    @Test func logProbabilitiesAddUp() throws {
        let start = NoThirds(last: 3)
        let repetition = try RepetitionSettings(penalty: 1.5, noRepeat: 3)
        let settings = try BeamSettings(
            beams: 6, expansions: 4, groups: 2, diversity: 1, repetition: repetition)
        for beam in try search(settings, constraint: start) {
            let sum = logProbability(beam.tokens, by: model, constraint: start)
            #expect(abs(beam.logProbability - sum) < 1e-4)
            #expect(beam.score * Double(beam.tokens.count) <= sum + 1e-4, "penalties only cost")
        }
    }

    @Test func moreBeamsFindWhatIsLikelier() throws {
        let best = try [1, 3, 30].map { beams in
            try search(BeamSettings(beams: beams, expansions: 12))[0].logProbability
        }
        #expect(best[0] < best[1] && best[1] < best[2])
    }

    @Test func theSearchLeavesNothingToChance() throws {
        let settings = try BeamSettings(beams: 8, expansions: 4, groups: 4, diversity: 2)
        #expect(try search(settings) == search(settings))
    }

    @Test(
        "The constraint is never broken, and finishes beams",
        arguments: [(1, 1, 1), (3, 3, 1), (8, 12, 1), (6, 4, 3), (5, 3, 5)])
    func constraintHolds(beams: Int, expansions: Int, groups: Int) throws {
        let settings = try BeamSettings(beams: beams, expansions: expansions, groups: groups)
        let found = try search(settings, tokenLimit: 40, constraint: NoThirds(last: 3))
        #expect(found.count == beams)
        for beam in found {
            var constraint = NoThirds(last: 3)
            for token in beam.tokens {
                #expect(!constraint.isFinished)
                #expect(constraint.allows(token))
                constraint.advance(token)
            }
            #expect(constraint.isFinished == (beam.end == .finished))
        }
    }

    @Test func longerBeamsWinWithALengthPenalty() throws {
        func mean(_ lengthPenalty: Float) throws -> Int {
            let settings = try BeamSettings(
                beams: 20, expansions: 12, lengthPenalty: lengthPenalty)
            return try search(settings, constraint: NoThirds(last: 3))[0].tokens.count
        }
        #expect(try mean(0) < mean(2))
    }

    @Test func groupsFindDifferentThings() throws {
        for groups in [2, 4] {
            let settings = try BeamSettings(
                beams: 4, expansions: 3, groups: groups, diversity: 3)
            let found = try search(settings)
            let best = found.prefix(groups)
            #expect(Set(best.map(\.group)).count == groups, "the best of each group come first")
            #expect(Set(best.map(\.tokens)).count == groups)
            #expect(Set(best.map { Array($0.tokens.prefix(1)) }).count == groups)
            #expect(Set(found.map(\.tokens)).count == 4)
        }
    }

    /// The first group knows of no other one.
    @Test func theFirstGroupSearchesAsIfAlone() throws {
        let alone = try search(BeamSettings(beams: 2, expansions: 3))
        let among = try search(BeamSettings(beams: 6, expansions: 3, groups: 3, diversity: 1))
        #expect(among.filter { $0.group == 0 }.map(\.tokens) == alone.map(\.tokens))
    }

    /// At the first token the second group loses `diversity` nats on what the first one chose.
    @Test func diversityIsInNats() throws {
        let logits = ReadPrompt(prompt, by: model).logits.sorted(by: >)
        let gap = logits[0] - logits[1]
        func firstTokens(_ diversity: Float) throws -> Int {
            let settings = try BeamSettings(
                beams: 2, expansions: 1, groups: 2, diversity: diversity)
            return Set(try search(settings, tokenLimit: 1).map(\.tokens)).count
        }
        #expect(try firstTokens(gap * 0.99) == 1)
        #expect(try firstTokens(gap * 1.01) == 2)
    }

    @Test func beamsWithoutALegalTokenEndAndSaySo() throws {
        let found = try search(
            BeamSettings(beams: 3, expansions: 3), constraint: EachTokenOnce())
        #expect(found.count == 3)
        for beam in found {
            #expect(beam.end == .nothingAllowed)
            #expect(beam.tokens.sorted() == Array(0..<12))
        }
    }

    @Test func nothingIsSearchedWhereThereIsNoRoom() throws {
        let full = try search(BeamSettings(), constraint: NoRoom())
        #expect(full.map(\.end) == [.finished] && full[0].tokens.isEmpty)
        let limited = try search(BeamSettings(), tokenLimit: 0)
        #expect(limited.map(\.end) == [.tokenLimit] && limited[0].logProbability == 0)
    }

    @Test func cancellingEndsTheBeamsWhereTheyAre() throws {
        var steps = 0
        let found = try BeamSearch(model: model, settings: BeamSettings(), tokenLimit: 40).search(
            after: ReadPrompt(prompt, by: model), constraint: NoConstraint(),
            isCancelled: {
                steps += 1
                return steps > 10
            })
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.end == .cancelled && $0.tokens.count == 10 })
    }

    @Test func aCancelledTaskStopsItsSearch() async throws {
        let (model, prompt) = (model, prompt)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try BeamSearch(model: model, settings: BeamSettings(), tokenLimit: 40).search(
                after: ReadPrompt(prompt, by: model), constraint: NoConstraint())
        }
        #expect(try await task.value.map(\.end) == [.cancelled])
    }

    @Test func leadersAreReportedTokenByToken() throws {
        var leaders: [Int] = []
        let found = try BeamSearch(
            model: model, settings: BeamSettings(beams: 1, expansions: 1), tokenLimit: 20
        ).search(after: ReadPrompt(prompt, by: model), constraint: NoThirds(last: 3)) {
            leaders.append($0.last)
        }
        #expect(leaders == Array(found[0].tokens.dropLast()))
    }

    @Test func logitsThatAreNoNumbersAreErrorsWithTheirPlace() throws {
        let error = try #require(throws: GenerationError.self) {
            try search(BeamSettings(), by: HashedModel(failsAt: 9))
        }
        #expect(error.stream == 0)
        #expect(error.position == 5)
    }
}
