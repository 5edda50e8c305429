import Tensors

/// What contexts add to the logits past the layers: of every context id a row of weights.
final class ContextOutput {
    private let table: Matrix  // (contexts, V)
    private let gradientTable: Matrix
    /// One factor for each context id, (contexts, 1).
    private let dropout: DropoutMask

    /// Nil where there are no such weights.
    init?(weights: ParameterSet, gradients: ParameterSet, regularisation: Regularisation) {
        guard let tensor = weights.tensor(named: "context.output") else { return nil }
        dropout = DropoutMask(rate: regularisation.context, rows: tensor.shape[0], columns: 1)
        table = weights.matrix(tensor)
        gradientTable = gradients.matrix(tensor)
    }

    func drawDropout(using generator: inout SeededGenerator) { dropout.draw(using: &generator) }

    /// Adds to the logits (T·B, V) of the places where something is asked.
    func add(_ window: TokenWindow, to logits: Matrix, training: Bool) {
        for row in window.targets.indices where window.targets[row] >= 0 {
            let logits = logits.rows(from: row, count: 1)
            for id in window.contexts[row] {
                logits.add(
                    table.rows(from: Int(id), count: 1), times: training ? dropout[Int(id)] : 1)
            }
        }
    }

    /// Adds the gradient of the weights from that of the logits, (T·B, V).
    func addGradient(_ window: TokenWindow, dLogits: Matrix) {
        for row in window.targets.indices where window.targets[row] >= 0 {
            let dLogits = dLogits.rows(from: row, count: 1)
            for id in window.contexts[row] {
                gradientTable.rows(from: Int(id), count: 1)
                    .add(dLogits, times: dropout[Int(id)])
            }
        }
    }
}
