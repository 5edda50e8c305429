import CKernels

/// How well the segments of a piece explain it by their repetitions: the fitness of Müller, Jiang and
/// Grosche, "A Robust Fitness Measure for Capturing Repetitions in Music Recordings" (IEEE TASLP 2013,
/// sections III and IV).
package struct SegmentFitness: Sendable {
    private let matrix: SelfSimilarity

    package init(in matrix: SelfSimilarity) { self.matrix = matrix }

    /// The fitness of the segment that is `count` frames long.
    ///
    /// The segment's repetitions are the paths of the best path family over it: each relates the whole
    /// segment to a stretch of the piece by steps (1, 1), (1, 2) and (2, 1), none overlapping in the piece;
    /// itself is one of them. Score and coverage, each without what the segment has with itself alone and
    /// in proportion, give the fitness as their harmonic mean.
    ///
    /// O(N · count).
    ///
    /// - Returns: 0…1; 0 where nothing comes again.
    package func fitness(ofSegmentAt start: Int, count: Int) -> Double {
        precondition(
            start >= 0 && count >= 1 && start + count <= matrix.size, "a segment lies in the piece")
        let best = bestFamily(start, count)
        guard best.cells > 0 else { return 0 }
        let score = (best.score - Double(count)) / best.cells
        let coverage = (best.covered - Double(count)) / Double(matrix.size)
        guard score > 0, coverage > 0 else { return 0 }
        return 2 * score * coverage / (score + coverage)
    }

    private func bestFamily(_ start: Int, _ count: Int) -> Family {
        let size = clara_path_families.size(frames: count)
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * size) { memory in
            guard let memory = memory.baseAddress else { preconditionFailure("rows take memory") }
            var earlier = clara_path_families(frames: count, in: memory)
            var before = clara_path_families(frames: count, in: memory + size)
            var row = clara_path_families(frames: count, in: memory + 2 * size)
            // Of paths that are over.
            var over = Family(score: 0)
            return matrix.values.withUnsafeBufferPointer { values in
                for n in 0..<matrix.size {
                    over = over.orBetter(row.family(upTo: count))
                    (earlier, before, row) = (before, row, earlier)
                    let cells = values.extracting((n * matrix.size + start)...)
                    // A path begins with the segment's first frame.
                    row.begin(after: over, with: cells[0])
                    clara_extend_path_families(row, before, earlier, cells.baseAddress, count)
                }
                return over.orBetter(row.family(upTo: count))
            }
        }
    }
}

/// A path family up to a cell: the best one, by its score.
private struct Family {
    /// The sum over its cells.
    var score: Double
    /// How many cells it has.
    var cells = 0.0
    /// How many frames of the piece its paths span.
    var covered = 0.0

    /// The better one; this one, where they are as good.
    func orBetter(_ other: Family) -> Family { score >= other.score ? self : other }
}

/// A row of families.
extension clara_path_families {
    /// Numbers that a row of so many frames takes.
    fileprivate static func size(frames: Int) -> Int { 3 * (frames + 1) }

    /// Families without paths.
    ///
    /// - Parameter memory: room for `size(frames:)` numbers.
    fileprivate init(frames: Int, in memory: UnsafeMutablePointer<Double>) {
        let width = frames + 1
        memory.initialize(repeating: -.infinity, count: width)
        (memory + width).initialize(repeating: 0, count: 2 * width)
        self.init(scores: memory, cells: memory + width, covered: memory + 2 * width)
    }

    fileprivate func family(upTo frame: Int) -> Family {
        Family(score: scores[frame], cells: cells[frame], covered: covered[frame])
    }

    /// A path begins here, after those that are over.
    fileprivate func begin(after over: Family, with value: Double) {
        scores[1] = over.score + value
        cells[1] = over.cells + 1
        covered[1] = over.covered + 1
    }
}
