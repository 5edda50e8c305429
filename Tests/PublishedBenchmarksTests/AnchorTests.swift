import Foundation
import PublishedBenchmarks
import Testing

@Suite struct AnchorTests {
    private static func anchors(
        _ path: String, _ benchmark: PublishedBenchmark, _ split: BenchmarkSplit
    ) throws -> [Double] {
        let file = try BenchmarkFile(path: path, of: benchmark)
        let side = try BenchmarkSide(file, split: split)
        return side.anchors(countedOn: try BenchmarkSide(file, split: .train)).map(\.nats)
    }

    /// Of the 88 keys only one sounds: two times of three, once after sound, once after silence.
    @Test func keysAreCountedWithOneMoreOfEachKind() throws {
        let json = benchmarkJSON("[[[60], [], [60]]]", "[[[60]]]", "[[[60], [60]], [[], [60]]]")
        let found = try withFile(json) { try Self.anchors($0, .frames, .test) }
        // The others: always silent, with shares of 4/5 and, after silence, 3/4.
        let others = -87 * log(4.0 / 5)
        let marginal = others - (3 * log(3.0 / 5) + log(2.0 / 5)) / 4
        // After sound came silence once: 1/3 for sound. After silence came sound once: 2/3.
        let markov = -87 * log(3.0 / 4) - (log(1.0 / 3) + log(2.0 / 3)) / 2
        #expect(abs(found[0] - marginal) < 1e-9)
        #expect(abs(found[1] - markov) < 1e-9)
    }

    /// One voice moves, the others stay; pitches from 40 to 61 and the rest are 23 values.
    @Test func voicesAreCountedWithATenthMore() throws {
        let piece = "[[60, 55, 50, 40], [61, 55, 50, 40], [60, 55, 50, 40]]"
        let test = "[[[60, 55, 50, 40], [61, 55, 50, 40]]]"
        let json = benchmarkJSON("[\(piece)]", "[\(piece)]", test)
        let found = try withFile(json) { try Self.anchors($0, .chorales, .test) }
        let still = 3 * -log(3.1 / (3 + 2.3))
        let unigram = 2 * still - log(2.1 / 5.3) - log(1.1 / 5.3)
        #expect(abs(found[0] - unigram / 8) < 1e-9)
        // After 60 came 61 once, and after the others' notes twice the same.
        let bigram = still - log(2.1 / 5.3) - log(1.1 / 3.3) - 3 * log(2.1 / 4.3)
        #expect(abs(found[1] - bigram / 8) < 1e-9)
    }

    /// What `../shared/design/benchmarks.md` has, section 1.
    @Test(
        .enabled(if: SharedBenchmarks.folder != nil),
        arguments: [
            ("JSB_Chorales", 11.061, 10.492), ("Nottingham", 10.252, 5.153),
            ("Piano_midi", 11.046, 8.264),
        ])
    func theAnchorsOfFramesAreReproduced(
        name: String, marginal: Double, markov: Double
    ) throws {
        let folder = try #require(SharedBenchmarks.folder)
        let found = try Self.anchors("\(folder)/polyphonic-frames/\(name).json", .frames, .test)
        #expect(abs(found[0] - marginal) < 0.0006)
        #expect(abs(found[1] - markov) < 0.0006)
    }

    /// Section 2 of the same.
    @Test(
        .enabled(if: SharedBenchmarks.folder != nil),
        arguments: [(BenchmarkSplit.valid, 2.611, 0.935), (.test, 2.639, 0.983)])
    func theAnchorsOfChoralesAreReproduced(
        split: BenchmarkSplit, unigram: Double, bigram: Double
    ) throws {
        let folder = try #require(SharedBenchmarks.folder)
        let found = try Self.anchors("\(folder)/jsb-16th/Jsb16thSeparated.json", .chorales, split)
        #expect(abs(found[0] - unigram) < 0.0006)
        #expect(abs(found[1] - bigram) < 0.0006)
    }
}
