import Clara
import Foundation
import PublishedBenchmarks
import TestSupport
import Testing

/// That the models of the published benchmarks give the figures that `Models/frames.md` has.
@Suite(.serialized, .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
struct ShippedBenchmarkModelsTests {
    /// A row of the card, and the bar that the project set itself; nil where the row misses it.
    struct Row: CustomTestStringConvertible, Sendable {
        let model: String
        let benchmark: PublishedBenchmark
        let data: String
        var split = BenchmarkSplit.test
        var inAllKeys = false
        let units: Int
        let nats: Double
        var bar: Double?
        var testDescription: String {
            "\(model), \(split.rawValue)\(inAllKeys ? ", in all keys" : "")"
        }
    }

    static let rows = [
        Row(
            model: "frames-jsb", benchmark: .frames, data: "polyphonic-frames/JSB_Chorales.json",
            units: 4_725, nats: 4.247, bar: 4.75),
        Row(
            model: "frames-nottingham", benchmark: .frames,
            data: "polyphonic-frames/Nottingham.json", units: 44_463, nats: 0.9875, bar: 1.9),
        Row(
            model: "frames-piano", benchmark: .frames, data: "polyphonic-frames/Piano_midi.json",
            units: 19_036, nats: 3.444, bar: 6.6),
        Row(
            model: "chorales", benchmark: .chorales, data: "jsb-16th/Jsb16thSeparated.json",
            split: .valid, units: 73_632, nats: 0.3366),
        Row(
            model: "chorales", benchmark: .chorales, data: "jsb-16th/Jsb16thSeparated.json",
            split: .valid, inAllKeys: true, units: 73_632, nats: 0.3254, bar: 0.33),
    ]

    @Test(arguments: rows)
    func theCardsFiguresAreThoseOfTheModels(row: Row) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let model = root.appendingPathComponent("Models/\(row.model).safetensors").path
        let data = try #require(SharedData.folder) + "/benchmarks/" + row.data
        let outcome = try BenchmarkEvaluation(
            row.benchmark, of: [BenchmarkModel(path: model)], on: data, split: row.split,
            inAllKeys: row.inAllKeys
        ).run()
        let figures = try #require(outcome.figures)
        #expect(outcome.isTheirData && figures.units == row.units)
        #expect(abs(figures.nats - row.nats) < 0.0006)
        if let bar = row.bar { #expect(figures.nats <= bar) }
    }
}
