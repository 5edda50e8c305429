/// Sequences of token ids to be classified together, and their classes where they are known.
package struct SequenceBatch: Sendable {
    /// At least one, each of at least one id. The id that begins a piece stands first or nowhere.
    package let sequences: [[Int32]]
    /// One class for each sequence; none where nobody asks for a loss.
    package let labels: [Int]
    /// The id that begins a piece.
    package let resetToken: Int32
    /// A stream's context before a sequence's first token; nil where the network sees tokens only.
    package let context: (any StreamContext)?

    package init(
        _ sequences: [[Int32]], labels: [Int] = [], resetToken: Int32,
        context: (any StreamContext)? = nil
    ) {
        precondition(
            !sequences.isEmpty && sequences.allSatisfy { !$0.isEmpty },
            "a batch has sequences, each of at least one token")
        precondition(
            sequences.allSatisfy { !$0.dropFirst().contains(resetToken) },
            "a sequence is of one piece")
        precondition(labels.isEmpty || labels.count == sequences.count, "one label a sequence")
        self.sequences = sequences
        self.labels = labels
        self.resetToken = resetToken
        self.context = context
    }

    /// What stands behind a sequence's end and counts for nothing. Not the reset token, which would
    /// clear what the LSTM gives out at the place before.
    private var padding: Int32 { resetToken == 0 ? 1 : 0 }

    /// The places of its longest sequence.
    package var longest: Int { sequences.reduce(0) { max($0, $1.count) } }

    /// All sequences from their first places on, in windows of T steps, the last one shorter where
    /// less is left of the longest sequence.
    ///
    /// - Parameters:
    ///   - steps: T
    ///   - streams: B; streams without a sequence are filled up.
    func windows(steps: Int, streams: Int) -> [TokenWindow] {
        precondition(sequences.count <= streams, "more sequences than streams")
        var contexts = context.map { [any StreamContext](repeating: $0, count: streams) } ?? []
        return stride(from: 0, to: longest, by: steps).map { start in
            let count = min(steps, longest - start) * streams
            var window = TokenWindow(
                inputs: [Int32](repeating: padding, count: count),
                targets: [Int32](repeating: -1, count: count), resetToken: resetToken)
            for row in 0..<count {
                let (place, stream) = (start + row / streams, row % streams)
                var context: (any StreamContext)?
                if stream < sequences.count, place < sequences[stream].count {
                    window.inputs[row] = sequences[stream][place]
                    if !contexts.isEmpty {
                        contexts[stream].advance(Int(window.inputs[row]))
                        context = contexts[stream]
                    }
                }
                if !contexts.isEmpty { window.contexts.append(context) }
            }
            return window
        }
    }
}
