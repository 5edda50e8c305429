import Files
import Foundation

/// The JSON of a benchmark as its authors distribute it: for each split pieces, of steps, of numbers.
package struct BenchmarkFile: Sendable {
    package let path: String
    package let benchmark: PublishedBenchmark
    /// Names the file's bytes: 16 hexadecimal digits.
    package let hash: String
    private let splits: [BenchmarkSplit: [[[Int]]]]

    /// The largest file of the published ones has 3.7 MB.
    private static let limit = 64 << 20

    package init(
        path: String, of benchmark: PublishedBenchmark
    ) throws(BenchmarkDataError) {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.bytes(of: path, limit: Self.limit)
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        self.path = path
        self.benchmark = benchmark
        hash = ByteHash.of(bytes)
        let json: [String: [[[Int]]]]
        do {
            json = try JSONDecoder().decode([String: [[[Int]]]].self, from: Data(bytes))
        } catch {
            throw .malformed(path: path, benchmark: benchmark, problem: Self.text(of: error))
        }
        var splits: [BenchmarkSplit: [[[Int]]]] = [:]
        for split in BenchmarkSplit.allCases {
            guard let pieces = json[split.rawValue] else {
                throw .malformed(
                    path: path, benchmark: benchmark, problem: "it has no “\(split.rawValue)”")
            }
            splits[split] = pieces
        }
        self.splits = splits
    }

    private static func text(of error: any Error) -> String {
        switch error {
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            let place = context.codingPath.map(\.stringValue).joined(separator: ", ")
            return "at \(place.isEmpty ? "its beginning" : place) is something else"
        default: return "it is no JSON"
        }
    }

    /// The pieces of a split, each of its steps read by `read`, whose error says what is wrong with a
    /// step.
    ///
    /// - Throws: also where the split has no steps at all.
    func pieces<Step>(
        of split: BenchmarkSplit, _ read: ([Int]) throws(StepProblem) -> Step
    ) throws(BenchmarkDataError) -> [[Step]] {
        var pieces: [[Step]] = []
        for (number, piece) in (splits[split] ?? []).enumerated() {
            var steps: [Step] = []
            for (index, step) in piece.enumerated() {
                do {
                    steps.append(try read(step))
                } catch {
                    throw .step(
                        path: path, split: split, piece: number, step: index, problem: error.text,
                        resembled: resembled)
                }
            }
            pieces.append(steps)
        }
        guard pieces.contains(where: { !$0.isEmpty }) else {
            throw .empty(path: path, split: split)
        }
        return pieces
    }
}

extension BenchmarkFile {
    /// The other benchmark, where the steps are of its shape: chorales have four voices in each, from
    /// the highest down, and frames as many pitches as sound, from the lowest up.
    private var resembled: PublishedBenchmark? {
        let steps = splits.values.joined().joined()
        func ascends(_ step: [Int]) -> Bool { zip(step, step.dropFirst()).allSatisfy { $0 < $1 } }
        let isOther =
            switch benchmark {
            case .frames:
                steps.allSatisfy { $0.count == ChoralePieces.voices } && !steps.allSatisfy(ascends)
            case .chorales:
                steps.allSatisfy(ascends) && steps.contains { $0.count > 1 }
            }
        guard isOther else { return nil }
        return benchmark == .frames ? .chorales : .frames
    }
}

/// What is wrong with a step of a piece.
struct StepProblem: Error {
    let text: String
}
