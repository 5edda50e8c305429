import Networks
import Training

/// One split of a benchmark: to be trained on, or measured.
package struct BenchmarkSide: Sendable {
    private enum Pieces: Sendable {
        case frames(FramePieces)
        case chorales(ChoralePieces)
    }

    package let split: BenchmarkSplit
    private let pieces: Pieces

    /// - Throws: where the split's pieces are not what the benchmark has.
    package init(_ file: BenchmarkFile, split: BenchmarkSplit) throws(BenchmarkDataError) {
        self.split = split
        pieces =
            switch file.benchmark {
            case .frames: .frames(try FramePieces(file, split: split))
            case .chorales: .chorales(try ChoralePieces(file, split: split))
            }
    }

    package var pieceCount: Int {
        switch pieces {
        case .frames(let frames): frames.pieces.count
        case .chorales(let chorales): chorales.pieces.count
        }
    }

    /// Frames, or tokens of the chorales: what the published figures are per.
    package var unitCount: Int {
        switch pieces {
        case .frames(let frames): frames.frameCount
        case .chorales(let chorales): chorales.tokenCount
        }
    }

    /// The tokens that are asked for.
    package var tokenCount: Int {
        switch pieces {
        case .frames(let frames): frames.noteCount + frames.frameCount
        case .chorales(let chorales): chorales.tokenCount
        }
    }

    /// - Parameter shifts: in semitones, of each variant of a piece, such as `Transposition.allKeys`.
    package func source(shifts: [Int] = [0]) -> any PieceSource {
        switch pieces {
        case .frames(let frames):
            BenchmarkPieces(FrameText.self, frames.pieces, shifts: shifts)
        case .chorales(let chorales):
            BenchmarkPieces(ChoraleText.self, chorales.pieces, shifts: shifts)
        }
    }

    /// What counting on `training`, a side of the same benchmark, gets on this one.
    package func anchors(countedOn training: BenchmarkSide) -> [BenchmarkAnchor] {
        switch (training.pieces, pieces) {
        case (.frames(let training), .frames(let frames)):
            FrameAnchors(countedOn: training.pieces).measure(frames.pieces)
        case (.chorales(let training), .chorales(let chorales)):
            ChoraleAnchors(countedOn: training.pieces).measure(chorales.pieces)
        default: preconditionFailure("both sides are of one benchmark")
        }
    }

    /// The table's row from −ln p of each token asked for, piece by piece.
    package func figures(of losses: [[Float]]) -> BenchmarkFigures {
        switch pieces {
        case .frames(let frames):
            BenchmarkFigures(steps: steps(of: losses, frames), unitsPerStep: 1)
        case .chorales(let chorales):
            BenchmarkFigures(
                steps: zip(chorales.pieces, losses).map { piece, losses in
                    sums(of: losses, lengths: piece.lazy.map(\.count))
                }, unitsPerStep: ChoralePieces.voices)
        }
    }

    /// The same losses by kinds of frames; nil for chorales.
    package func frameKinds(of losses: [[Float]]) -> FrameKinds? {
        guard case .frames(let frames) = pieces else { return nil }
        return FrameKinds(of: frames.pieces, losses: steps(of: losses, frames))
    }

    /// −ln p of each frame, its end included, piece by piece.
    private func steps(of losses: [[Float]], _ frames: FramePieces) -> [[Double]] {
        zip(frames.pieces, losses).map { piece, losses in
            sums(of: losses, lengths: piece.lazy.map { $0.count + 1 })
        }
    }

    /// The sums of runs of the given lengths, which are all of the losses.
    private func sums(of losses: [Float], lengths: some Sequence<Int>) -> [Double] {
        var rest = losses[...]
        let sums = lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return rest.prefix(length).reduce(0.0) { $0 + Double($1) }
        }
        precondition(rest.isEmpty, "there is a loss for each token")
        return sums
    }
}

extension PublishedBenchmark {
    /// V and the number of context ids of its text.
    package var sizes: (vocabulary: Int, contexts: Int) {
        switch self {
        case .frames: (FrameText.vocabulary, FrameText.contexts)
        case .chorales: (ChoraleText.vocabulary, ChoraleText.contexts)
        }
    }
}
