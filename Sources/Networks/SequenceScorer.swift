import CKernels

/// Scores whole sequences with a model as it generates: what its precision costs, measured the way it
/// will be used.
package struct SequenceScorer<Model: NextTokenModel> {
    private let model: Model
    private let context: (any StreamContext)?

    /// How many sequences are read at once.
    private static var streams: Int { 16 }

    /// - Parameter context: a stream's context before its first token; its mask says which tokens may
    ///   follow. Nil where all may.
    package init(model: Model, context: (any StreamContext)?) {
        self.model = model
        self.context = context
    }

    /// - Parameters:
    ///   - sequences: each begins with the token that begins a piece, which is given, not predicted.
    ///   - progress: called now and then with the share done, 0…1.
    /// - Returns: Σ −ln p in nats of each sequence's tokens after its first, in the given order.
    package func score(
        _ sequences: [[Int]], progress: (Double) -> Void = { _ in }
    ) -> [Double] {
        // Of about the same length together, so that a batch stays full.
        let order = sequences.indices.filter { sequences[$0].count > 1 }
            .sorted { sequences[$0].count > sequences[$1].count }
        var losses = [Double](repeating: 0, count: sequences.count)
        for start in stride(from: 0, to: order.count, by: Self.streams) {
            let batch = order[start..<min(start + Self.streams, order.count)]
            progress(Double(start) / Double(order.count))
            score(batch.map { sequences[$0] }) { losses[batch[batch.startIndex + $0]] += $1 }
        }
        return losses
    }

    /// - Parameters:
    ///   - sequences: the longest first.
    ///   - add: takes −ln p of the next token of the sequence of the given index.
    private func score(_ sequences: [[Int]], add: (Int, Double) -> Void) {
        var count = sequences.count
        var state = model.initialState(streams: count)
        var contexts = [(any StreamContext)?](repeating: context, count: count)
        var logits: [Float] = []
        for step in 0..<sequences[0].count - 1 {
            let staying = sequences[..<count].count { $0.count > step + 1 }
            if staying < count {
                state = model.select(Array(0..<staying), from: state)
                count = staying
            }
            model.step(sequences[..<count].map { $0[step] }, state: &state, logits: &logits)
            for stream in 0..<count { mask(&logits, stream, &contexts, sequences[stream][step]) }
            let targets = sequences[..<count].map { Int32($0[step + 1]) }
            for (stream, loss) in losses(&logits, targets).enumerated() {
                add(stream, Double(loss))
            }
        }
    }

    /// Takes a token into a stream's context, and makes all but impossible what may not follow, as
    /// training does.
    private func mask(
        _ logits: inout [Float], _ stream: Int, _ contexts: inout [(any StreamContext)?],
        _ token: Int
    ) {
        guard contexts[stream] != nil else { return }
        contexts[stream]?.advance(token)
        let width = model.vocabularySize
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: width) { allowed in
            allowed.initialize(repeating: true)
            contexts[stream]?.fillMask(allowed)
            for token in 0..<width where !allowed[token] {
                logits[stream * width + token] = -1e9
            }
        }
    }

    /// −ln p of the targets (B); the logits (B, V) are used up.
    private func losses(_ logits: inout [Float], _ targets: [Int32]) -> [Float] {
        var losses = [Float](repeating: 0, count: targets.count)
        logits.withUnsafeMutableBufferPointer { logits in
            guard let base = logits.baseAddress else { return }
            clara_softmax_cross_entropy(
                base, targets, base, &losses, targets.count, model.vocabularySize, 0)
        }
        return losses
    }
}
