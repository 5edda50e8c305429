import Foundation
import Score
import Testing

/// `clara evaluate`, and the bundled model that it scores.
struct EvaluateTests {
    private struct Report: Decodable {
        struct Baseline: Decodable {
            let order: Int
            let natsPerToken: Double
            let bitsPerNote: Double
        }

        let pieces: Int
        let notes: Int
        let tokens: Int
        let natsPerToken: Double
        let bitsPerNote: Double
        let baseline: Baseline?
    }

    private static func evaluate(_ flags: [String] = []) throws -> String {
        try ClaraProgram.run(
            ["evaluate", "--model", "piano", "--data", Repository.tinyPieces, "--json"] + flags,
            in: ScratchFolder()
        ).succeeded().output
    }

    @Test func reportCountsThePieces() throws {
        let json = try Self.evaluate()
        #expect(
            try keys(of: try jsonObject(json))
                .isSuperset(of: ["pieces", "notes", "tokens", "natsPerToken", "bitsPerNote"]))
        let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.tinyPieces)
        let notes = try files.map { try Score(file: "\(Repository.tinyPieces)/\($0)").notes.count }
        #expect(report.pieces == 8)
        #expect(report.notes == notes.reduce(0, +))
        #expect(report.tokens > 2 * report.notes)
        #expect(report.natsPerToken > 0 && report.natsPerToken < 5)
        // Bits per note are the same nats, shared out otherwise; a piece's end may count or not.
        let nats = report.bitsPerNote * Double(report.notes) * log(2)
        #expect(abs(nats / report.natsPerToken - Double(report.tokens)) <= 8.5)
    }

    @Test func evaluationIsRepeatable() throws {
        #expect(try Self.evaluate() == Self.evaluate())
    }

    @Test func baselineIsTheBestNGramModel() throws {
        // N-grams of some pieces, measured on others.
        let folder = ScratchFolder()
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.tinyPieces)
            .sorted()
        for (index, file) in files.enumerated() {
            let side = folder.url(index < 6 ? "known" : "new")
            try FileManager.default.createDirectory(at: side, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: "\(Repository.tinyPieces)/\(file)",
                toPath: side.appendingPathComponent(file).path)
        }
        let json = try ClaraProgram.run(
            ["evaluate", "--model", "piano", "--data", "new", "--baseline", "known", "--json"],
            in: folder
        ).succeeded().output
        let object = try jsonObject(json)
        #expect(
            try keys(of: object["baseline"])
                .isSuperset(of: ["order", "natsPerToken", "bitsPerNote"]))
        let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
        #expect(report.pieces == 2)
        let baseline = try #require(report.baseline)
        #expect((1...6).contains(baseline.order))
        #expect(baseline.natsPerToken > 0 && baseline.natsPerToken < 5)
        // The same tokens and notes on both sides.
        let ratio = report.bitsPerNote / report.natsPerToken
        #expect(abs(baseline.bitsPerNote / baseline.natsPerToken - ratio) < 1e-6 * ratio)
    }

    @Test func tableForPeopleHasTheSameFigures() throws {
        let run = try ClaraProgram.run(
            ["evaluate", "--model", "piano", "--data", Repository.tinyPieces], in: ScratchFolder()
        ).succeeded()
        let report = try JSONDecoder().decode(
            Report.self, from: Data(try Self.evaluate().utf8))
        #expect(run.output.contains("\(report.pieces)"))
        #expect(run.output.contains(String(format: "%.3f", report.bitsPerNote)))
    }

    @Test func bundledModelIsASmallSafetensorsFileWithItsProvenance() throws {
        let file = try Data(contentsOf: URL(fileURLWithPath: Repository.model))
        #expect(file.count <= 12_000_000)
        let outline = try SafetensorsOutline(file)
        #expect(try !outline.metadata.isEmpty)
        let widths = ["F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I8": 1]
        var spans: [ClosedRange<Int>] = []
        for (name, value) in outline.header where name != "__metadata__" {
            let tensor = try #require(value as? [String: Any])
            let shape = try #require(tensor["shape"] as? [Int])
            let offsets = try #require(tensor["data_offsets"] as? [Int])
            let type = try #require(tensor["dtype"] as? String)
            let width = try #require(widths[type])
            try #require(offsets.count == 2)
            #expect(offsets[1] - offsets[0] == shape.reduce(width, *), "\(name)")
            spans.append(offsets[0]...offsets[1])
        }
        // The tensors fill the file without a gap, as Python's reader demands.
        spans.sort { $0.lowerBound < $1.lowerBound }
        #expect(spans.first?.lowerBound == 0 && spans.last?.upperBound == outline.weights.count)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
}
