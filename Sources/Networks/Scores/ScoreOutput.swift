import Tensors

/// What a layout's scores add to the logits: each place's features score every interval from the notes that its
/// contexts name, and with the notes that sound, whatever their pitch, so that a step up is one thing in all keys;
/// every class of how frequent a pitch class is; and every guess, whatever token it is of.
final class ScoreOutput {
    private let layout: ScoreLayout
    private let table: Matrix  // (layout.width, E)
    private let gradientTable: Matrix
    /// (T·B, layout.width): scores, then their gradients.
    private let scores: FloatBuffer
    private let team: ThreadTeam

    /// Nil where there are no such weights.
    init?(
        _ layout: ScoreLayout?, weights: ParameterSet, gradients: ParameterSet, rows: Int,
        team: ThreadTeam
    ) {
        guard let layout, let tensor = weights.tensor(named: "score.output") else { return nil }
        self.layout = layout
        table = weights.matrix(tensor)
        gradientTable = gradients.matrix(tensor)
        scores = FloatBuffer(zeros: rows * layout.width)
        self.team = team
    }

    /// Adds to the logits (T·B, V) what the features (T·B, E) make of the scores.
    func add(_ window: TokenWindow, _ features: Matrix, to logits: Matrix) {
        let scores = scores.matrix(rows: features.rows, columns: layout.width)
        scores.setProduct(features, .asIs, table, .transposed, by: team)
        forEachSpan(window, scores, logits) { scores, logits in logits.add(scores) }
    }

    /// Adds the gradients of the weights and of the features, (T·B, E), from that of the logits, (T·B, V).
    func addGradient(
        _ window: TokenWindow, dLogits: Matrix, features: Matrix, dFeatures: Matrix
    ) {
        let dScores = scores.matrix(rows: features.rows, columns: layout.width)
        dScores.fill(0)
        forEachSpan(window, dScores, dLogits) { dScores, dLogits in dScores.add(dLogits) }
        gradientTable.setProduct(
            dScores, .transposed, features, .asIs, accumulating: true, by: team)
        dFeatures.setProduct(dScores, .asIs, table, .asIs, accumulating: true, by: team)
    }

    /// Calls `body` with each span of scores and the logits of its tokens.
    private func forEachSpan(
        _ window: TokenWindow, _ scores: Matrix, _ logits: Matrix, _ body: (Matrix, Matrix) -> Void
    ) {
        for row in window.inputs.indices {
            let (rowScores, rowLogits) = (
                scores.base + row * scores.columns, logits.base + row * logits.columns
            )
            layout.forEachSpan(window.contexts[row]) { score, token, count in
                body(
                    Matrix(base: rowScores + score, rows: 1, columns: count),
                    Matrix(base: rowLogits + token, rows: 1, columns: count))
            }
        }
    }
}
