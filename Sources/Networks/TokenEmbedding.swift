import Tensors

/// The first layer of every encoder: a token's embedding plus the sum of its contexts' embeddings.
final class TokenEmbedding {
    private let table: Matrix  // (V, E)
    private let contexts: Matrix?  // (contexts, E)
    private let gradientTable: Matrix
    private let gradientContexts: Matrix?
    /// Embedding dropout: one factor for each token id, (V, 1).
    private let dropout: DropoutMask
    /// One factor for each context id, (contexts, 1).
    private let contextDropout: DropoutMask

    /// - Parameters:
    ///   - weights: `embedding.weight` (V, E) first, and `context.weight` (contexts, E) if any.
    ///   - regularisation: has the share of token ids whose embedding is zero in training (Gal &
    ///     Ghahramani 2016), and that of context ids.
    init(weights: ParameterSet, gradients: ParameterSet, regularisation: Regularisation) {
        table = weights.matrix(weights.tensors[0])
        gradientTable = gradients.matrix(weights.tensors[0])
        let contexts = weights.tensor(named: "context.weight")
        self.contexts = contexts.map(weights.matrix)
        gradientContexts = contexts.map(gradients.matrix)
        dropout = DropoutMask(rate: regularisation.embedding, rows: table.rows, columns: 1)
        contextDropout = DropoutMask(
            rate: contexts == nil ? 0 : regularisation.context, rows: contexts?.shape[0] ?? 0,
            columns: 1)
    }

    func drawDropout(using generator: inout SeededGenerator) {
        dropout.draw(using: &generator)
        contextDropout.draw(using: &generator)
    }

    /// Writes the embedded places of `window` into `output` (T·B, E).
    func forward(_ window: TokenWindow, into output: Matrix, training: Bool) {
        precondition(
            window.contexts.ids.isEmpty || contexts != nil, "the network knows no contexts")
        for row in window.inputs.indices {
            let token = Int(window.inputs[row])
            let embedded = output.rows(from: row, count: 1)
            embedded.copy(from: table.rows(from: token, count: 1))
            if training, dropout.isActive { embedded.scale(by: dropout.matrix.base[token]) }
            guard let contexts else { continue }
            for id in window.contexts[row] {
                embedded.add(
                    contexts.rows(from: Int(id), count: 1),
                    times: training ? contextDropout[Int(id)] : 1)
            }
        }
    }

    /// Adds the gradients of the tables, from that of the embedded places (T·B, E), which is used up.
    func backward(_ window: TokenWindow, dOutput: Matrix) {
        for row in window.inputs.indices {
            let token = Int(window.inputs[row])
            let gradient = dOutput.rows(from: row, count: 1)
            if let gradientContexts {
                for id in window.contexts[row] {
                    gradientContexts.rows(from: Int(id), count: 1)
                        .add(gradient, times: contextDropout[Int(id)])
                }
            }
            if dropout.isActive { gradient.scale(by: dropout.matrix.base[token]) }
            gradientTable.rows(from: token, count: 1).add(gradient)
        }
    }
}
