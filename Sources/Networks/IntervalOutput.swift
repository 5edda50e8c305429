import Tensors

/// What intervals add to the logits of notes: each place's features score every interval from the notes that
/// its contexts name, whatever their pitch, so that a step up is one thing in all keys.
final class IntervalOutput {
    private let layout: IntervalLayout
    private let table: Matrix  // (intervals of all references, E)
    private let gradientTable: Matrix
    /// (T·B, intervals): scores, then their gradients.
    private let scores: FloatBuffer
    private let team: ThreadTeam

    /// Nil where there are no such weights.
    init?(
        _ layout: IntervalLayout?, weights: ParameterSet, gradients: ParameterSet, rows: Int,
        team: ThreadTeam
    ) {
        guard let layout, let tensor = weights.tensor(named: "interval.output") else { return nil }
        self.layout = layout
        table = weights.matrix(tensor)
        gradientTable = gradients.matrix(tensor)
        scores = FloatBuffer(zeros: rows * layout.width)
        self.team = team
    }

    /// Adds to the logits (T·B, V) what the features (T·B, E) make of the intervals.
    func add(_ window: TokenWindow, _ features: Matrix, to logits: Matrix) {
        let scores = scores.matrix(rows: features.rows, columns: layout.width)
        scores.setProduct(features, .asIs, table, .transposed, by: team)
        forEachScored(window, scores, logits) { scores, logits in logits.add(scores) }
    }

    /// Adds the gradients of the weights and of the features, (T·B, E), from that of the logits, (T·B, V).
    func addGradient(
        _ window: TokenWindow, dLogits: Matrix, features: Matrix, dFeatures: Matrix
    ) {
        let dScores = scores.matrix(rows: features.rows, columns: layout.width)
        dScores.fill(0)
        forEachScored(window, dScores, dLogits) { dScores, dLogits in dScores.add(dLogits) }
        gradientTable.setProduct(
            dScores, .transposed, features, .asIs, accumulating: true, by: team)
        dFeatures.setProduct(dScores, .asIs, table, .asIs, accumulating: true, by: team)
    }

    /// Calls `body` with the scores from each reference, and with the notes' logits.
    private func forEachScored(
        _ window: TokenWindow, _ scores: Matrix, _ logits: Matrix, _ body: (Matrix, Matrix) -> Void
    ) {
        for row in window.inputs.indices {
            let notes = Matrix(
                base: logits.base + row * logits.columns + layout.firstNote, rows: 1,
                columns: layout.notes)
            layout.forEachReference(window.contexts[row]) { score in
                let base = scores.base + row * scores.columns + score
                body(Matrix(base: base, rows: 1, columns: layout.notes), notes)
            }
        }
    }
}
