import Clara
import Foundation
import PublishedBenchmarks

/// What `clara benchmark frames` and `chorales` say at their end.
struct BenchmarkResult: Encodable {
    /// A figure under the name of what it is per: `natsPerFrame` or `natsPerToken`.
    struct Nats: Encodable {
        let value: Double
        let unit: String

        init(_ value: Double, _ benchmark: PublishedBenchmark) {
            self.value = value
            unit = benchmark.unit
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: UnitKey.self)
            try encode(into: &values)
        }

        fileprivate func encode(into values: inout KeyedEncodingContainer<UnitKey>) throws {
            try values.encode(value, forKey: UnitKey(stringValue: "natsPer\(unit.capitalized)"))
        }

        var text: String { "\(value.rounded(to: 4)) nats per \(unit)" }
    }

    fileprivate struct UnitKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// A row of the table.
    struct Row: Encodable {
        /// The models' files; several where the mean of their probabilities was measured.
        let models: [String]
        let hashes: [String]
        let figures: BenchmarkFigures
        let benchmark: PublishedBenchmark
        let inAllKeys: Bool
        /// How the weights learnt meanwhile; nil where they did not.
        var dynamic: BenchmarkEvaluation.Dynamic?

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: UnitKey.self)
            try Nats(figures.nats, benchmark).encode(into: &values)
            func key(_ name: String) -> UnitKey { UnitKey(stringValue: name) }
            try values.encode(figures.meanOfPieceMeans, forKey: key("meanOfPieceMeans"))
            let first = benchmark == .frames ? "withoutFirstFrames" : "withoutFirstSteps"
            try values.encode(figures.natsAfterFirst, forKey: key(first))
            try values.encode(models, forKey: key("models"))
            try values.encode(hashes, forKey: key("hashes"))
            try values.encode(inAllKeys, forKey: key("inAllKeys"))
            try values.encodeIfPresent(dynamic, forKey: key("settings"))
        }

        var name: String {
            var name = models.count > 1 ? "all together" : models.joined()
            if inAllKeys { name += ", all keys" }
            if dynamic != nil { name += ", dynamic" }
            return name
        }
    }

    let benchmark: PublishedBenchmark
    let data: String
    let split: BenchmarkSplit
    /// The headline: of the model, or of the models together.
    let result: Row?
    /// The same by dynamic evaluation, where it was asked for.
    let dynamic: Row?
    /// The headline's frames by their kinds; nil for chorales.
    let kinds: FrameKinds?
    let ofEach: [Row]
    let anchors: [BenchmarkAnchor]
    let pieces: Int?
    let units: Int?
    let isTheirData: Bool

    init(
        _ outcome: BenchmarkEvaluation.Outcome, _ benchmark: PublishedBenchmark, data: String,
        models: [BenchmarkModel], inAllKeys: Bool, dynamic: BenchmarkEvaluation.Dynamic?
    ) {
        func row(
            _ figures: BenchmarkFigures, _ models: [BenchmarkModel],
            dynamic: BenchmarkEvaluation.Dynamic? = nil
        ) -> Row {
            Row(
                models: models.map(\.path), hashes: models.map(\.hash), figures: figures,
                benchmark: benchmark, inAllKeys: inAllKeys, dynamic: dynamic)
        }
        self.benchmark = benchmark
        self.data = data
        split = outcome.split
        result = outcome.figures.map { row($0, models) }
        self.dynamic = outcome.dynamic.map { row($0, models, dynamic: dynamic) }
        kinds = outcome.kinds
        ofEach =
            models.count > 1 ? zip(outcome.ofEach, models).map { row($0, [$1]) } : []
        anchors = outcome.anchors
        pieces = outcome.figures?.pieces
        units = outcome.figures?.units
        isTheirData = outcome.isTheirData
    }

    private enum CodingKeys: String, CodingKey {
        case benchmark, data, split, dynamic, kinds, ofEach, anchors, pieces, isTheirData
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(benchmark, forKey: .benchmark)
        try values.encode(data, forKey: .data)
        try values.encode(split, forKey: .split)
        if !anchors.isEmpty { try values.encode(anchors, forKey: .anchors) }
        guard let result, let units else { return }
        try result.encode(to: encoder)
        try values.encodeIfPresent(dynamic, forKey: .dynamic)
        try values.encodeIfPresent(kinds, forKey: .kinds)
        if !ofEach.isEmpty { try values.encode(ofEach, forKey: .ofEach) }
        try values.encode(pieces, forKey: .pieces)
        try values.encode(isTheirData, forKey: .isTheirData)
        var more = encoder.container(keyedBy: UnitKey.self)
        try more.encode(units, forKey: UnitKey(stringValue: benchmark.unit + "s"))
    }

    /// For people.
    var summary: String {
        let first = benchmark == .frames ? "without first frames" : "without first steps"
        var table = TextTable([
            ("\(split.rawValue) split", .left), ("nats per \(benchmark.unit)", .right),
            ("mean of pieces", .right), (first, .right),
        ])
        for anchor in anchors { table.add([anchor.name, anchor.nats.rounded(to: 4), "", ""]) }
        for row in ofEach + [result, dynamic].compactMap(\.self) {
            table.add([
                row.name, row.figures.nats.rounded(to: 4),
                row.figures.meanOfPieceMeans.rounded(to: 4),
                row.figures.natsAfterFirst.rounded(to: 4),
            ])
        }
        guard let pieces, let units else { return table.description }
        let lines = kinds.map { "\n\n\($0.text)" } ?? ""
        return "\(pieces.of("piece")), \(units.of(benchmark.unit))\n\n\(table)\(lines)"
    }

    static let otherData = """
        The data are not the file that the model was trained on: then pieces of this split may have \
        been trained on, or the music is of another kind.
        """
}
