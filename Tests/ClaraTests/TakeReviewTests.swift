import Clara
import Decoding
import Encodings
import Foundation
import TestSupport
import Testing

@Suite struct TakeReviewTests {
    private let example: TinyTraining.Example
    private let model: ModelBundle

    init() throws {
        example = try TinyTraining.example.get()
        model = try ModelBundle(path: example.model)
    }

    /// Of pieces of six bars.
    private func report(
        _ side: Evaluation.Side = .validation, of data: String? = nil, count: Int = 7,
        promptBars: Int = 2, sampling: SamplingSettings = .plain, seed: Int = 5
    ) throws -> TakeReviewReport {
        try TakeReview(
            of: model, on: [data ?? example.data], side: side, count: count,
            promptBars: promptBars, continuationBars: 2, sampling: sampling, seed: seed
        ).run()
    }

    @Test func everyTakeIsReviewedAndSoIsItsComposer() throws {
        let report = try report()
        #expect(report.takes.count == 7)
        #expect(report.human.count == 7)
        #expect(report.reviewed.map(\.seed) == Array(5..<12))
        #expect(report.takes.anyFault == report.reviewed.count { !$0.faults.isEmpty })
        #expect(report.takes.walls == report.reviewed.count { $0.faults.contains(.wall) })
        #expect(report.takes.share == Double(report.takes.anyFault) / 7)
        #expect(report.skipped.isEmpty)
    }

    @Test func promptsComeFromHeldOutPiecesInTurn() throws {
        let corpus = try Corpus([example.data], encoding: model.encoding)
        let contents = Set(model.provenance.heldOut)
        let heldOut = Set(corpus.pieces.filter { contents.contains($0.content) }.map(\.path))
        let report = try report(count: 2 * heldOut.count)
        for half in [report.reviewed.prefix(heldOut.count), report.reviewed.suffix(heldOut.count)] {
            #expect(Set(half.map(\.path)) == heldOut)
        }
        #expect(Set(report.reviewed.map(\.bar)).isSubset(of: 1...3))
        #expect(Set(report.reviewed.map(\.bar)).count > 1)
    }

    @Test func theSameSeedGivesTheSameReport() throws {
        #expect(try report() == report())
        #expect(try report().reviewed.map(\.notes) != report(seed: 50).reviewed.map(\.notes))
    }

    @Test func theReportIsReadAsItWasWritten() throws {
        let report = try report(.all, count: 3)
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(TakeReviewReport.self, from: data) == report)
    }

    /// A hardly trained model that always takes the likeliest token gets stuck; composers do not.
    @Test func faultsAreTheModelsNotTheComposers() throws {
        let report = try TakeReview(
            of: model, on: [example.data], side: .all, count: 4, promptBars: 1,
            continuationBars: 5, sampling: .greedy, seed: 1
        ).run()
        #expect(report.takes.share == 1)
        #expect(report.human.anyFault == 0)
    }

    @Test func shortPiecesAreSkippedWithAReason() throws {
        let folder = try TemporaryFolder()
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "long.mid")
        try folder.write(GeneratedPieces.bytes(seed: 2, quarters: 8), to: "short.mid")
        let report = try report(.all, of: folder.path, count: 3)
        #expect(report.takes.count == 3)
        #expect(report.skipped.map(\.path) == [folder.file("short.mid")])
        let reason = try #require(report.skipped.first?.reason)
        #expect(reason.hasSuffix("bars, too few for a prompt of 2 and the 2 after it"))
    }

    @Test func withoutAnyPromptThatIsTheError() throws {
        #expect {
            _ = try report(.all, promptBars: 90)
        } throws: {
            "\($0)".contains("none of the 12 pieces there gives a prompt; the first")
                && "\($0)".contains("too few for a prompt of 90")
        }
    }

    @Test func aModelWithoutHeldOutPiecesHasNoValidationSide() throws {
        let review = try TakeReview(of: RandomModel.make(), on: [example.data], sampling: .plain)
        #expect(throws: EvaluationError.self) { _ = try review.run() }
    }

    @Test(arguments: [
        (0, 8, 16, 1), (10_001, 8, 16, 1), (9, 0, 16, 1), (9, 8, 0, 1), (9, 8, 16, -1),
        (2, 8, 16, 1 << 53),
    ])
    func numbersOutOfRangeAreErrors(count: Int, prompt: Int, bars: Int, seed: Int) {
        #expect(throws: OutOfRange.self) {
            _ = try TakeReview(
                of: model, on: [example.data], count: count, promptBars: prompt,
                continuationBars: bars, sampling: .plain, seed: seed)
        }
    }

    @Test func eventsBringTheTakes() throws {
        let counts = Collected<Int>()
        let review = try TakeReview(
            of: model, on: [example.data], side: .all, count: 3, promptBars: 2,
            continuationBars: 2, sampling: .plain)
        _ = try review.run {
            if case .took(let take, let reviewed, let count, of: 3) = $0,
                take.notes == reviewed.notes
            {
                counts.append(count)
            }
        }
        #expect(counts.values == [1, 2, 3])
    }
}
