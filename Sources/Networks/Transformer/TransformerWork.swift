import Tensors

/// A team member's room for one block of rows.
final class BlockWork {
    /// Rows of a block: few enough that a block's numbers stay in a core's cache, enough for
    /// products at full speed.
    static let rows = 128

    private let narrow: FloatBuffer
    private let wide: FloatBuffer
    private let widths: (narrow: Int, wide: Int)

    init(_ configuration: TransformerConfiguration) {
        widths = (configuration.embedding, configuration.feedForward)
        narrow = FloatBuffer(zeros: Self.rows * widths.narrow)
        wide = FloatBuffer(zeros: Self.rows * widths.wide)
    }

    /// (n, E)
    func narrow(_ rows: Int) -> Matrix { narrow.matrix(rows: rows, columns: widths.narrow) }

    /// (n, F)
    func wide(_ rows: Int) -> Matrix { wide.matrix(rows: rows, columns: widths.wide) }

    /// Calls `body` with the blocks of `count` rows that are `member`'s.
    static func forEach(of count: Int, member: Int, of members: Int, _ body: (Range<Int>) -> Void) {
        let blocks = (count + rows - 1) / rows
        for block in blocks * member / members..<blocks * (member + 1) / members {
            body(block * rows..<min(count, (block + 1) * rows))
        }
    }
}

/// What the layers' gradients hand on within a layer; each layer uses the same. N = T·B places.
final class GradientBuffers {
    /// What the feed-forward network's hidden units were, later the gradient of queries, keys and
    /// values: (N, max(F, 3E)).
    let wide: FloatBuffer
    /// What a norm gave: (N, E). The features in between.
    let normed: FloatBuffer
    /// The gradient of what the feed-forward network gave: (N, E).
    let dFeedForward: FloatBuffer
    /// The gradient of what attention's projection gave: (N, E).
    let dProjected: FloatBuffer
    /// The gradient of what attention gave: (N, E).
    let dAttended: FloatBuffer

    /// - Parameters:
    ///   - features: whose room serves as `normed`, needed no more when the gradient is computed.
    ///   - stream: whose room serves as `dFeedForward`.
    init(
        _ configuration: TransformerConfiguration, rows: Int, features: FloatBuffer,
        stream: FloatBuffer
    ) {
        let width = configuration.embedding
        wide = FloatBuffer(zeros: rows * max(configuration.feedForward, 3 * width))
        normed = features
        dFeedForward = stream
        dProjected = FloatBuffer(zeros: rows * width)
        dAttended = FloatBuffer(zeros: rows * width)
    }
}
