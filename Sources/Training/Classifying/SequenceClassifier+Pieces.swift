import Networks

extension SequenceClassifier {
    /// What `body` makes of each piece, in their order; it is given batches of about as long ones.
    ///
    /// - Parameters:
    ///   - variants: of each piece the one that is read; as it stands if nil.
    ///   - body: a value for each sequence of a batch.
    ///   - progress: called now and then with the share done, 0…1.
    package func rows<Row>(
        of pieces: some PieceSource, variants: [Int]? = nil,
        progress: (Double) -> Void = { _ in }, _ body: (SequenceBatch) -> [Row]
    ) -> [Row] {
        let sequences = (0..<pieces.count).map {
            pieces.tokens(ofPiece: $0, variant: variants?[$0] ?? 0)
        }
        var rows = [Row?](repeating: nil, count: sequences.count)
        let batches = LengthBuckets.byLength(sequences.map(\.count), size: streams)
        for (index, members) in batches.enumerated() {
            let batch = SequenceBatch(
                members.map { sequences[$0] }, resetToken: pieces.startToken,
                context: pieces.context)
            for (member, row) in zip(members, body(batch)) { rows[member] = row }
            progress(Double(index + 1) / Double(batches.count))
        }
        return rows.compactMap(\.self)
    }
}
