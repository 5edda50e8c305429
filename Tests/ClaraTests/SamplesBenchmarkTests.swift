import Clara
import Decoding
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Continuations beside the composers', of pieces of six bars.
@Suite struct SamplesBenchmarkTests {
    private let example: TinyTraining.Example
    private let model: ModelBundle

    init() throws {
        example = try TinyTraining.example.get()
        model = try ModelBundle(path: example.model)
    }

    private func report(
        _ side: Evaluation.Side = .validation, models: Int = 1, count: Int = 4, seed: Int = 5,
        sampling: SamplingSettings = .plain
    ) throws -> SamplesReport {
        try SamplesBenchmark(
            of: Array(repeating: model, count: models), on: [example.data], side: side,
            count: count, promptBars: 2, continuationBars: 2, sampling: sampling, seed: seed
        ).run()
    }

    @Test func everyAuthorContinuesTheSamePrompts() throws {
        let report = try report()
        #expect(report.columns.map(\.name).first == "composers")
        #expect(report.columns.map(\.name).last == "n-gram")
        #expect(report.columns.count == 3)
        let places = report.columns.map { $0.samples.map { "\($0.path) \($0.bar)" } }
        #expect(Set(places).count == 1)
        #expect(report.columns.map { $0.samples.compactMap(\.seed).count } == [0, 4, 4])
        let heldOut = try TakeReview(
            of: model, on: [example.data], count: 4, promptBars: 2, continuationBars: 2,
            sampling: .plain, seed: 5
        ).run().reviewed
        #expect(report.columns[0].samples.map(\.path) == heldOut.map(\.path))
    }

    @Test func everyMeasureHasASummaryAndTheNGramIsTold() throws {
        let report = try report()
        for column in report.columns {
            #expect(Set(column.measures.keys) == Set(SampleMeasure.allCases))
            #expect(column.faults.count == 4)
            #expect(column.copies != nil)
        }
        #expect(try #require(report.ngram).pieces > 1)
        #expect(report.comparedWith != nil)
    }

    @Test func theSameSeedGivesTheSameReport() throws {
        func json(_ seed: Int) throws -> Data {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try encoder.encode(report(seed: seed))
        }
        #expect(try json(5) == json(5))
        #expect(try json(5) != json(6))
    }

    /// Nothing is left to count n-grams on, and there is no index beside the model.
    @Test func withoutSidesThereIsNoNGram() throws {
        let report = try report(.all, models: 2)
        #expect(report.ngram == nil && report.comparedWith == nil)
        #expect(report.columns.count == 3)
        // Two of one name are told by their paths.
        #expect(report.columns.dropFirst().allSatisfy { $0.name == example.model })
        #expect(report.columns.allSatisfy { $0.measures[.copiedRun] == nil && $0.copies == nil })
        // The same model, prompts and seeds write the same.
        #expect(report.columns[1].samples.map(\.values) == report.columns[2].samples.map(\.values))
    }

    /// A hardly trained model that always takes the likeliest token is no composer.
    @Test func aModelThatIsStuckIsTold() throws {
        let report = try report(.all, count: 24, sampling: .greedy)
        let (composers, stuck) = (report.columns[0], report.columns[1])
        #expect(composers.critic == nil)
        let critic = try #require(stuck.critic)
        #expect(critic.accuracy > 0.9)
        #expect(abs(critic.tells.reduce(0) { $0 + $1.share } - 1) < 1e-9)
        #expect(critic.tells.map(\.share) == critic.tells.map(\.share).sorted(by: >))
        #expect(
            try #require(stuck.overlaps.first { $0.feature == "pitchClassHistogram" }).area
                < #require(composers.overlaps.first { $0.feature == "pitchClassHistogram" }).area)
    }

    @Test func thePageHasAPanelForEachMeasureAndIsXML() throws {
        let report = try report()
        let svg = SamplesPage(of: report).svg
        func count(_ name: String) -> Int { svg.components(separatedBy: name).count - 1 }
        for measure in SampleMeasure.allCases { #expect(svg.contains(measure.title)) }
        #expect(svg.contains("prefers-color-scheme:dark"))
        #expect(count("class=\"box\"") == 3 * 15)
        // Loops, silences and walls; the critic, but of the composers; overlaps.
        let overlaps = report.columns.map(\.overlaps.count).reduce(0, +)
        let critics = report.columns.count { $0.critic != nil }
        #expect(count("class=\"bar\"") == 3 * 3 + critics + overlaps)
        for text in ["end in a loop", "plain critic", "overlapped area: pitch classes", "seed 5"] {
            #expect(svg.contains(text), "\(text)")
        }
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse())
    }
}
