import CKernels
import Tensors

/// One layer: x + attention(norm(x)), then x + feedForward(norm(x)); its weights' places, what its
/// gradient needs, forward and backward.
///
/// All but attention itself works on each place for itself: a block of rows goes through while it is
/// in the cache, the members of a team at different blocks. N = T·B places.
final class TransformerLayer {
    let index: Int
    let weights: TransformerProjections
    private let gradients: TransformerProjections
    private let biases: TransformerVectors
    /// A team member's own gradients.
    private let vectors: [TransformerVectors]
    private let attentionNorm: LayerNorm
    private let feedForwardNorm: LayerNorm

    /// Queries, keys and values of the window, not yet turned: (N, 3E).
    let queriesKeysValues: FloatBuffer
    /// Keys and values of the places carried from the windows before: (before·B, 2E).
    let carried: FloatBuffer
    /// What attention gives: (N, E).
    let attended: FloatBuffer
    /// ln Σ e^score, (B, H, T).
    let normalisers: FloatBuffer
    /// Before GELU, later its gradient: (N, F).
    private let hidden: FloatBuffer

    init(
        _ index: Int, configuration: TransformerConfiguration, weights: ParameterSet,
        gradients: ParameterSet, members: MemberVectors, rows: Int, carriedRows: Int
    ) {
        self.index = index
        self.weights = TransformerProjections(weights, layer: index)
        self.gradients = TransformerProjections(gradients, layer: index)
        biases = TransformerVectors(weights, layer: index)
        vectors = members.vectors(ofLayer: index)
        attentionNorm = LayerNorm(
            biases.attentionNorm, gradients: vectors.map(\.attentionNorm), rows: rows)
        feedForwardNorm = LayerNorm(
            biases.feedForwardNorm, gradients: vectors.map(\.feedForwardNorm), rows: rows)
        let width = configuration.embedding
        queriesKeysValues = FloatBuffer(zeros: rows * 3 * width)
        carried = FloatBuffer(zeros: carriedRows * 2 * width)
        attended = FloatBuffer(zeros: rows * width)
        normalisers = FloatBuffer(zeros: rows * configuration.heads)
        hidden = FloatBuffer(zeros: rows * configuration.feedForward)
    }

    private func rows(_ buffer: FloatBuffer, _ block: Range<Int>, _ columns: Int) -> Matrix {
        buffer.matrix(offset: block.lowerBound * columns, rows: block.count, columns: columns)
    }

    private var width: Int { weights.output.columns }
    private var hiddenWidth: Int { weights.up.rows }
}

// MARK: - Forward

extension TransformerLayer {
    /// Queries, keys and values of a block of rows of the residual stream `x` (n, E).
    func project(
        _ x: Matrix, _ block: Range<Int>, packed: PackedProjections, work: BlockWork
    ) {
        let normed = work.narrow(block.count)
        attentionNorm.forward(x, from: block.lowerBound, into: normed)
        let output = rows(queriesKeysValues, block, 3 * width)
        output.setProduct(normed, packed.queriesKeysValues)
        output.add(bias: biases.queriesKeysValues)
    }

    /// Adds what attention gave and then the feed-forward network to `x` (n, E).
    func feedForward(
        _ x: Matrix, _ block: Range<Int>, packed: PackedProjections, work: BlockWork,
        dropout: ResidualDropout?
    ) {
        add(
            rows(attended, block, width), packed.output, biases.output, to: x, block, .attention,
            work.narrow(block.count), dropout)
        let normed = work.narrow(block.count)
        feedForwardNorm.forward(x, from: block.lowerBound, into: normed)
        let hidden = rows(hidden, block, hiddenWidth)
        let active = work.wide(block.count)
        hidden.setProduct(normed, packed.up)
        clara_gelu_forward(active.base, hidden.base, biases.up.base, hidden.rows, hidden.columns)
        dropout?.apply(
            .hidden, layer: index, from: block.lowerBound, to: active, into: active)
        add(
            active, packed.down, biases.down, to: x, block, .feedForward, normed, dropout)
    }

    /// x += input·weightᵀ + bias, with dropout.
    private func add(
        _ input: Matrix, _ weight: PackedMatrix, _ bias: Matrix, to x: Matrix,
        _ block: Range<Int>, _ site: ResidualDropout.Site, _ work: Matrix,
        _ dropout: ResidualDropout?
    ) {
        guard let dropout else {
            x.setProduct(input, weight, accumulating: true)
            x.add(bias: bias)
            return
        }
        work.setProduct(input, weight)
        work.add(bias: bias)
        dropout.apply(site, layer: index, from: block.lowerBound, to: work, into: work)
        x.add(work)
    }
}

// MARK: - Backward

extension TransformerLayer {
    /// From `dx`, a block of rows of the residual stream's gradient after the layer, to that before
    /// the feed-forward network, and to that of what attention gave; both (n, E).
    ///
    /// Leaves in `buffers` what `addFeedForwardGradients` and attention's gradient take.
    func feedForwardBackward(
        _ dx: Matrix, _ block: Range<Int>, packed: PackedProjections, work: BlockWork,
        buffers: GradientBuffers, dropout: ResidualDropout?, member: Int
    ) {
        let (own, start) = (vectors[member], block.lowerBound)
        let dOutput = rows(buffers.dFeedForward, block, width)
        drop(.feedForward, dx, into: dOutput, start, dropout)
        own.down.addRowSums(of: dOutput)
        let dActive = work.wide(block.count)
        dActive.setProduct(dOutput, packed.down)
        dropout?.apply(.hidden, layer: index, from: start, to: dActive, into: dActive)
        let hidden = rows(hidden, block, hiddenWidth)
        let active = rows(buffers.wide, block, hiddenWidth)
        clara_gelu_backward(active.base, hidden.base, dActive.base, hidden.count)
        dropout?.apply(.hidden, layer: index, from: start, to: active, into: active)
        own.up.addRowSums(of: hidden)
        feedForwardNorm.repeatForward(from: start, into: rows(buffers.normed, block, width))
        let dNormed = work.narrow(block.count)
        dNormed.setProduct(hidden, packed.up)
        feedForwardNorm.backward(dOutput: dNormed, from: start, addingTo: dx, member: member)

        let dProjected = rows(buffers.dProjected, block, width)
        drop(.attention, dx, into: dProjected, start, dropout)
        own.output.addRowSums(of: dProjected)
        rows(buffers.dAttended, block, width).setProduct(dProjected, packed.output)
    }

    private func drop(
        _ site: ResidualDropout.Site, _ dx: Matrix, into output: Matrix, _ start: Int,
        _ dropout: ResidualDropout?
    ) {
        if let dropout {
            dropout.apply(site, layer: index, from: start, to: dx, into: output)
        } else {
            output.copy(from: dx)
        }
    }

    /// The gradients of the projections about the feed-forward network, of all `count` rows.
    func addFeedForwardGradients(count: Int, buffers: GradientBuffers, team: ThreadTeam) {
        let all = 0..<count
        gradients.down.setProduct(
            rows(buffers.dFeedForward, all, width), .transposed,
            rows(buffers.wide, all, hiddenWidth), .asIs, accumulating: true, by: team)
        gradients.up.setProduct(
            rows(hidden, all, hiddenWidth), .transposed, rows(buffers.normed, all, width), .asIs,
            accumulating: true, by: team)
        gradients.output.setProduct(
            rows(buffers.dProjected, all, width), .transposed, rows(attended, all, width), .asIs,
            accumulating: true, by: team)
    }

    /// From the gradient of queries, keys and values in `buffers.wide` to that of the layer's input,
    /// which is added to `dx` (n, E).
    func projectBackward(
        _ dx: Matrix, _ block: Range<Int>, packed: PackedProjections, work: BlockWork,
        buffers: GradientBuffers, member: Int
    ) {
        let dOutput = rows(buffers.wide, block, 3 * width)
        vectors[member].queriesKeysValues.addRowSums(of: dOutput)
        attentionNorm.repeatForward(
            from: block.lowerBound, into: rows(buffers.normed, block, width))
        let dNormed = work.narrow(block.count)
        dNormed.setProduct(dOutput, packed.queriesKeysValues)
        attentionNorm.backward(
            dOutput: dNormed, from: block.lowerBound, addingTo: dx, member: member)
    }

    /// The gradient of the projection to queries, keys and values, of all `count` rows.
    func addProjectionGradients(count: Int, buffers: GradientBuffers, team: ThreadTeam) {
        gradients.queriesKeysValues.setProduct(
            rows(buffers.wide, 0..<count, 3 * width), .transposed,
            rows(buffers.normed, 0..<count, width), .asIs, accumulating: true, by: team)
    }
}
