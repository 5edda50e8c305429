import Foundation
import PublishedBenchmarks
import Testing

@Suite struct BenchmarkDataTests {
    /// A file's text, and what the error says of it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let benchmark: PublishedBenchmark
        let json: String
        let text: String
        var testDescription: String { "\(benchmark): \(json.prefix(60))" }
    }

    private static let shape =
        "; it is a JSON object of “train”, “valid” and “test”, each a list of pieces, which are lists "
        + "of frames, which are lists of MIDI pitches"

    private static let frames =
        "; these seem to be the data of the benchmark frames: use clara benchmark frames"
    private static let chorales =
        "; these seem to be the data of the benchmark chorales: use clara benchmark chorales"

    static let mistakes = [
        Mistake(
            benchmark: .frames, json: "MThd",
            text: "is not the data of the benchmark frames: it is no JSON" + shape),
        Mistake(
            benchmark: .frames, json: "[1, 2]",
            text: "is not the data of the benchmark frames: at its beginning is something else"
                + shape),
        Mistake(
            benchmark: .frames, json: "{\"train\": [[[60]]], \"valid\": [[[60]]]}",
            text: "is not the data of the benchmark frames: it has no “test”" + shape),
        Mistake(
            benchmark: .frames, json: benchmarkJSON("[[[60]]]", "[[[60]]]", "[[[60], [20]]]"),
            text: "test, piece 0, step 1: 20 is no key of a piano, which are MIDI pitches 21 to "
                + "108"),
        Mistake(
            benchmark: .frames, json: benchmarkJSON("[[[60]], [[62, 60, 62]]]", "[]", "[[[60]]]"),
            text: "train, piece 1, step 0: pitch 62 stands there twice"),
        Mistake(
            benchmark: .frames, json: benchmarkJSON("[[[60]]]", "[[]]", "[[[60]]]"),
            text: "“valid” has no steps; give the benchmark's whole file"),
        Mistake(
            benchmark: .chorales, json: benchmarkJSON("[[[60, 61, 62]]]", "[]", "[]"),
            text: "train, piece 0, step 0: there are 3 voices, but must be four" + frames),
        Mistake(
            benchmark: .chorales, json: benchmarkJSON("[[[62, 61, 60]]]", "[]", "[]"),
            text: "train, piece 0, step 0: there are 3 voices, but must be four"),
        Mistake(
            benchmark: .chorales,
            json: benchmarkJSON("[[[43, 59, 62, 67], [], [60, 64]]]", "[[[60]]]", "[[[60]]]"),
            text: "train, piece 0, step 1: there are 0 voices, but must be four" + frames),
        Mistake(
            benchmark: .frames,
            json: benchmarkJSON("[[[67, 62, 59, 43], [65, 60, 53, 53]]]", "[]", "[]"),
            text: "train, piece 0, step 1: pitch 53 stands there twice" + chorales),
        Mistake(
            benchmark: .frames, json: benchmarkJSON("[[[67, 62, 59, -1]]]", "[]", "[]"),
            text: "train, piece 0, step 0: -1 is no key of a piano, which are MIDI pitches 21 to "
                + "108" + chorales),
        Mistake(
            benchmark: .chorales, json: benchmarkJSON("[[[99, 61, 62, 40]]]", "[]", "[]"),
            text: "train, piece 0, step 0: 99 is above MIDI pitch 84, the highest that the "
                + "benchmark knows"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsNamed(mistake: Mistake) throws {
        try withFile(mistake.json) { path in
            let error = #expect(throws: BenchmarkDataError.self) {
                let file = try BenchmarkFile(path: path, of: mistake.benchmark)
                for split in BenchmarkSplit.allCases { _ = try BenchmarkSide(file, split: split) }
            }
            #expect(error?.description == "\(path): \(mistake.text)")
        }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: BenchmarkDataError.self) {
            _ = try BenchmarkFile(path: "/nowhere.json", of: .frames)
        }
        #expect(
            error?.description
                == "/nowhere.json: cannot be read: there is no such file; give the benchmark's JSON "
                + "file")
    }

    @Test func figuresAreThoseOfTheProtocol() throws {
        // Frames of 1, 0 and 2 notes, and one of 1: with their ends 2, 1, 3 and 2 tokens.
        let pieces = "[[[60], [], [60, 64]], [[50]]]"
        try withFile(benchmarkJSON(pieces, pieces, pieces)) { path in
            let side = try BenchmarkSide(BenchmarkFile(path: path, of: .frames), split: .test)
            #expect(side.pieceCount == 2 && side.unitCount == 4 && side.tokenCount == 8)
            let figures = side.figures(of: [[1, 2, 3, 4, 5, 6], [7, 8]])
            #expect(figures.pieces == 2 && figures.units == 4)
            #expect(figures.nats == 36.0 / 4)
            #expect(figures.meanOfPieceMeans == (7.0 + 15.0) / 2)
            #expect(figures.natsAfterFirst == 18.0 / 2)
        }
    }

    @Test func framesThatSayAgainWhatWasSaidAreToldApart() throws {
        // Twelve frames of their own, again, one held and one new; frames of a piece before it, which
        // tell nothing.
        let scale = (60..<72).map { [$0] }
        let pieces = [scale, scale + scale + [[71], [71, 80]]]
        let json = benchmarkJSON("\(pieces)", "\(pieces)", "\(pieces)")
        try withFile(json) { path in
            let side = try BenchmarkSide(BenchmarkFile(path: path, of: .frames), split: .test)
            // Each note costs 1, each end its frame's number in the piece.
            let losses = pieces.map { piece in
                piece.enumerated().flatMap { number, frame in
                    frame.map { _ in Float(1) } + [Float(number)]
                }
            }
            let kinds = try #require(side.frameKinds(of: losses))
            #expect(kinds.repeated.frames == 1 && kinds.changed.frames == 37)
            #expect(kinds.familiar.frames == 1 && kinds.new.frames == 37)
            #expect(kinds.familiar.share == 1.0 / 38 && kinds.new.share == 37.0 / 38)
            #expect(kinds.repeated.nats == 25 && kinds.familiar.nats == 24)
            let nats = side.figures(of: losses).nats
            for pair in [[kinds.repeated, kinds.changed], [kinds.familiar, kinds.new]] {
                #expect(abs(pair.reduce(0) { $0 + $1.share * $1.nats } - nats) < 1e-9)
            }
        }
    }

    @Test func aHeldFrameIsFamiliarOnceItWasHeldForARun() {
        let kinds = FrameKinds(
            of: [Array(repeating: [60], count: 20)], losses: [Array(repeating: 1, count: 20)])
        #expect(kinds.repeated.frames == 19)
        #expect(kinds.familiar.frames == 20 - FrameKinds.runLength)
    }

    @Test func choralesAreMeasuredPerToken() throws {
        let pieces = "[[[60, 55, 50, 40], [-1, 55, 50, 35]], [[61, 56, 51, 41]]]"
        try withFile(benchmarkJSON(pieces, pieces, pieces)) { path in
            let side = try BenchmarkSide(BenchmarkFile(path: path, of: .chorales), split: .test)
            #expect(side.pieceCount == 2 && side.unitCount == 12 && side.tokenCount == 12)
            let figures = side.figures(of: [[1, 1, 1, 1, 2, 2, 2, 2], [4, 4, 4, 4]])
            #expect(figures.nats == 28.0 / 12)
            #expect(figures.meanOfPieceMeans == (1.5 + 4) / 2)
            #expect(figures.natsAfterFirst == 2)
        }
    }

    @Test func whatIsBelowTheBassesRangeIsARest() throws {
        let pieces = "[[[60, 55, 50, 35]]]"
        try withFile(benchmarkJSON(pieces, pieces, pieces)) { path in
            let chorales = try ChoralePieces(
                BenchmarkFile(path: path, of: .chorales), split: .train)
            #expect(chorales.pieces == [[[60, 55, 50, nil]]])
        }
    }
}
