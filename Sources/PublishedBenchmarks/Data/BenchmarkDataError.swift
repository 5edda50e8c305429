/// Why a file is not the data of a benchmark.
public enum BenchmarkDataError: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    /// Not JSON, or JSON of another shape.
    case malformed(path: String, benchmark: PublishedBenchmark, problem: String)
    /// A piece is not what the benchmark has; pieces and steps are counted from 0. `resembled` is the
    /// benchmark whose data the whole file resembles, where that is another.
    case step(
        path: String, split: BenchmarkSplit, piece: Int, step: Int, problem: String,
        resembled: PublishedBenchmark?)
    /// A split has nothing to measure or to learn from.
    case empty(path: String, split: BenchmarkSplit)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason); give the benchmark's JSON file"
        case .malformed(let path, let benchmark, let problem):
            "\(path): is not the data of the benchmark \(benchmark.rawValue): \(problem); it is a JSON "
                + "object of “train”, “valid” and “test”, each a list of pieces, which are lists of "
                + benchmark.steps
        case .step(let path, let split, let piece, let step, let problem, let resembled):
            "\(path): \(split.rawValue), piece \(piece), step \(step): \(problem)"
                + (resembled.map {
                    "; these seem to be the data of the benchmark \($0.rawValue): use clara benchmark "
                        + $0.rawValue
                } ?? "")
        case .empty(let path, let split):
            "\(path): “\(split.rawValue)” has no steps; give the benchmark's whole file"
        }
    }
}

extension PublishedBenchmark {
    fileprivate var steps: String {
        switch self {
        case .frames: "frames, which are lists of MIDI pitches"
        case .chorales: "steps, which are lists of four MIDI pitches: soprano, alto, tenor, bass"
        }
    }
}
