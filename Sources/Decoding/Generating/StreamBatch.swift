import Tensors

/// The streams of one generation and which of them are still in the model's batch.
struct StreamBatch<Constraint: TokenConstraint> {
    private var streams: [WritingStream<Constraint>]
    /// The index of each batch row's stream.
    private var rows: [Int] = []
    /// The token that each row's stream got last, (B).
    private(set) var newestTokens: [Int] = []
    private var sampler: Sampler
    private let tokenLimit: Int

    typealias Report = (GenerationEvent) -> Void

    init(
        _ streams: [WritingStream<Constraint>], sampler: Sampler, tokenLimit: Int, report: Report
    ) {
        self.streams = streams
        self.sampler = sampler
        self.tokenLimit = tokenLimit
        for index in streams.indices {
            if !endIfComplete(index, report) { rows.append(index) }
        }
    }

    /// B, the number of streams in the model's batch.
    var rowCount: Int { rows.count }

    var results: [GeneratedStream] { streams.compactMap(\.result) }

    /// Gives each stream in the batch its next token, or ends it where none is allowed.
    ///
    /// - Parameter logits: (B, V); masked in place.
    mutating func chooseTokens(
        from logits: inout [Float], report: Report
    ) throws(GenerationError) {
        let width = logits.count / rows.count
        try logits.withUnsafeMutableBufferPointer { (buffer) throws(GenerationError) in
            for row in rows.indices {
                let part = UnsafeMutableBufferPointer(
                    rebasing: buffer[row * width..<(row + 1) * width])
                try chooseToken(forStream: rows[row], from: part, report)
            }
        }
    }

    private mutating func chooseToken(
        forStream index: Int, from logits: UnsafeMutableBufferPointer<Float>, _ report: Report
    ) throws(GenerationError) {
        let number = streams[index].number
        guard let choice = try streams[index].choose(from: logits, with: &sampler) else {
            end(index, as: .nothingAllowed, report)
            return
        }
        report(
            .chose(
                stream: number, token: choice.token, logProbability: choice.logProbability))
        _ = endIfComplete(index, report)
    }

    /// Ends all streams that are still writing.
    mutating func cancel(report: Report) {
        for index in rows { end(index, as: .cancelled, report) }
        rows = []
    }

    /// Takes the ended streams out of the batch and collects the others' newest tokens.
    ///
    /// - Returns: the rows that stay, as they were numbered before; nil when all do.
    mutating func removeEndedStreams() -> [Int]? {
        var staying: [Int]?
        if rows.contains(where: { streams[$0].end != nil }) {
            let kept = rows.indices.filter { streams[rows[$0]].end == nil }
            rows = kept.map { rows[$0] }
            staying = kept
        }
        newestTokens.removeAll(keepingCapacity: true)
        for index in rows { newestTokens.append(streams[index].tokens.last ?? 0) }
        return staying
    }

    private mutating func endIfComplete(_ index: Int, _ report: Report) -> Bool {
        if streams[index].constraint.isFinished {
            end(index, as: .finished, report)
        } else if streams[index].tokens.count >= tokenLimit {
            end(index, as: .tokenLimit, report)
        }
        return streams[index].end != nil
    }

    private mutating func end(
        _ index: Int, as reason: GeneratedStream.End, _ report: Report
    ) {
        streams[index].end = reason
        report(
            .ended(
                stream: streams[index].number, tokens: streams[index].tokens.count, reason))
    }
}
