import Tensors

/// Transformer layers over embedded tokens, for training and scoring; see `TransformerConfiguration`.
///
/// Attention reaches across the window's start: keys and values of the places before are carried from
/// window to window and take part without gradient (Transformer-XL; Dai et al. 2019).
final class TransformerEncoder: SequenceEncoder {
    let width: Int
    let steps: Int
    let streams: Int

    private let configuration: TransformerConfiguration
    private let team: ThreadTeam
    private let embedding: TokenEmbedding
    private let inputDropout: DropoutMask
    private let outputDropout: DropoutMask
    private var residualDropout: ResidualDropout
    let layers: [TransformerLayer]
    private let finalNorm: LayerNorm
    let span: AttentionSpan
    private let vectors: MemberVectors

    // A team member's own.
    private let attentions: [SelfAttention]
    private let works: [BlockWork]
    /// The projections that the team multiplies with just now.
    private let packed: PackedProjections

    /// The residual stream: (T·B, E).
    private let stream: FloatBuffer
    private let features: FloatBuffer
    private lazy var buffers = GradientBuffers(
        configuration, rows: steps * streams, features: features, stream: stream)
    /// Places of the last window, T·B.
    var rows = 0
    private var training = false

    init(
        configuration: TransformerConfiguration, weights: ParameterSet, gradients: ParameterSet,
        steps: Int, streams: Int, regularisation: Regularisation, team: ThreadTeam
    ) {
        self.configuration = configuration
        self.team = team
        width = configuration.embedding
        self.steps = steps
        self.streams = streams
        embedding = TokenEmbedding(
            weights: weights, gradients: gradients, regularisation: regularisation)
        inputDropout = DropoutMask(rate: regularisation.input, rows: streams, columns: width)
        outputDropout = DropoutMask(rate: regularisation.output, rows: streams, columns: width)
        residualDropout = ResidualDropout(rate: regularisation.hidden)
        let span = AttentionSpan(window: configuration.window, steps: steps, streams: streams)
        let vectors = MemberVectors(gradients: gradients, members: team.threads)
        let rows = steps * streams
        layers = (0..<configuration.layers).map {
            TransformerLayer(
                $0, configuration: configuration, weights: weights, gradients: gradients,
                members: vectors, rows: rows, carriedRows: span.before * streams)
        }
        finalNorm = LayerNorm(
            NormVectors(weights, "transformer.norm"),
            gradients: vectors.norms("transformer.norm"), rows: rows)
        let tables = RotaryAngles(head: configuration.head).tables(count: span.before + steps)
        attentions = (0..<team.threads).map { _ in
            SelfAttention(configuration, span: span, steps: steps, tables: tables)
        }
        works = (0..<team.threads).map { _ in BlockWork(configuration) }
        packed = PackedProjections(configuration)
        (self.span, self.vectors) = (span, vectors)
        stream = FloatBuffer(zeros: rows * width)
        features = FloatBuffer(zeros: rows * width)
    }

    func drawDropout(using generator: inout SeededGenerator) {
        embedding.drawDropout(using: &generator)
        inputDropout.draw(using: &generator)
        outputDropout.draw(using: &generator)
        residualDropout.draw(using: &generator)
    }

    private func all(_ buffer: FloatBuffer) -> Matrix {
        buffer.matrix(rows: rows, columns: width)
    }

    /// The same for all blocks of rows, shared by the team.
    private func forEachBlock(
        of x: Matrix, _ layer: Int, _ body: @escaping (TransformerEncoder, BlockTask) -> Void
    ) {
        team.run(with: (self, x, layer, body)) { context, member in
            let (encoder, x, layer, body) = context
            BlockWork.forEach(of: x.rows, member: member, of: encoder.team.threads) { block in
                let task = BlockTask(
                    x: x.rows(from: block.lowerBound, count: block.count), block: block,
                    layer: layer, member: member)
                body(encoder, task)
            }
        }
    }

    /// A block of rows of the residual stream, or of its gradient, on its way through a layer.
    private struct BlockTask {
        let x: Matrix
        let block: Range<Int>
        let layer: Int
        let member: Int
    }

    private var activeDropout: ResidualDropout? {
        training && residualDropout.isActive ? residualDropout : nil
    }
}

// MARK: - Forward

extension TransformerEncoder {
    func forward(_ window: TokenWindow, training: Bool) -> Matrix {
        rows = window.inputs.count
        self.training = training
        span.plan(window)
        let x = all(stream)
        embedding.forward(window, into: x, training: training)
        if training { inputDropout.apply(to: x) }
        packed.pack(layers[0].weights, .transposed, by: team)
        forEachBlock(of: x, 0) { encoder, task in
            encoder.layers[0].project(
                task.x, task.block, packed: encoder.packed, work: encoder.works[task.member])
        }
        for layer in layers.indices {
            attend(layer)
            if layer + 1 < layers.count {
                packed.pack(
                    layers[layer].weights, queriesKeysValuesOf: layers[layer + 1].weights,
                    .transposed, by: team)
            } else if layer > 0 {
                packed.pack(layers[layer].weights, .transposed, by: team)
            }
            forEachBlock(of: x, layer) { $0.finish($1) }
        }
        let features = all(features)
        if training { outputDropout.apply(to: features) }
        return features
    }

    /// From a layer's attention to that of the next, or to the features.
    private func finish(_ task: BlockTask) {
        let work = works[task.member]
        layers[task.layer].feedForward(
            task.x, task.block, packed: packed, work: work, dropout: activeDropout)
        if task.layer + 1 < layers.count {
            layers[task.layer + 1].project(task.x, task.block, packed: packed, work: work)
        } else {
            let features = all(features)
            finalNorm.forward(
                task.x, from: task.block.lowerBound,
                into: features.rows(from: task.block.lowerBound, count: task.block.count))
        }
    }

    private func attend(_ layer: Int) {
        team.run(with: (self, layer)) { context, member in
            let (encoder, layer) = context
            encoder.forEachHead(member) { head in
                encoder.attentions[member].forward(
                    encoder.head(head, layer), output: encoder.all(encoder.layers[layer].attended))
            }
        }
    }

    private func forEachHead(_ member: Int, _ body: (Int) -> Void) {
        for head in stride(from: member, to: streams * configuration.heads, by: team.threads) {
            body(head)
        }
    }

    private func head(_ number: Int, _ index: Int) -> SelfAttention.Head {
        let layer = layers[index]
        return SelfAttention.Head(
            number: number, own: layer.queriesKeysValues.matrix(rows: rows, columns: 3 * width),
            carried: layer.carried.matrix(rows: span.before * streams, columns: 2 * width),
            normalisers: layer.normalisers.base + number * steps)
    }
}

// MARK: - Backward

extension TransformerEncoder {
    func backward(_ window: TokenWindow, dOutput: Matrix) {
        // Made by one thread, at the first gradient: a network that only scores does without.
        _ = buffers
        outputDropout.apply(to: dOutput)
        forEachBlock(of: dOutput, 0) { $0.finalNormBackward($1) }
        for layer in layers.reversed() {
            packed.pack(layer.weights, .asIs, by: team)
            forEachBlock(of: dOutput, layer.index) { encoder, task in
                encoder.layers[task.layer].feedForwardBackward(
                    task.x, task.block, packed: encoder.packed, work: encoder.works[task.member],
                    buffers: encoder.buffers, dropout: encoder.activeDropout, member: task.member)
            }
            layer.addFeedForwardGradients(count: rows, buffers: buffers, team: team)
            attendBackward(layer.index)
            forEachBlock(of: dOutput, layer.index) { encoder, task in
                encoder.layers[task.layer].projectBackward(
                    task.x, task.block, packed: encoder.packed, work: encoder.works[task.member],
                    buffers: encoder.buffers, member: task.member)
            }
            layer.addProjectionGradients(count: rows, buffers: buffers, team: team)
        }
        vectors.addToGradients()
        inputDropout.apply(to: dOutput)
        embedding.backward(window, dOutput: dOutput)
    }

    private func finalNormBackward(_ task: BlockTask) {
        let dNormed = works[task.member].narrow(task.block.count)
        dNormed.copy(from: task.x)
        task.x.fill(0)
        finalNorm.backward(
            dOutput: dNormed, from: task.block.lowerBound, addingTo: task.x, member: task.member)
    }

    private func attendBackward(_ layer: Int) {
        team.run(with: (self, layer)) { context, member in
            let (encoder, layer) = context
            let own = encoder.buffers.wide.matrix(rows: encoder.rows, columns: 3 * encoder.width)
            encoder.forEachHead(member) { head in
                encoder.attentions[member].backward(
                    encoder.head(head, layer), output: encoder.all(encoder.layers[layer].attended),
                    dOutput: encoder.all(encoder.buffers.dAttended), dOwn: own)
            }
        }
    }
}
