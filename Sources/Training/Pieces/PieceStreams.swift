import Networks
import Tensors

/// Deals pieces to B streams, one after the other in an order shuffled anew for every epoch, and
/// cuts the streams into windows.
///
/// Which piece comes next, and in which variant, depends on the seed and the epoch only, so that a
/// few numbers, `position`, are enough to go on where a run was interrupted. A piece changes its
/// variant from epoch to epoch and has had all of them once after as many epochs.
package struct PieceStreams: Sendable {
    /// All that must be saved to go on.
    package struct Position: Hashable, Sendable, Codable {
        /// How many pieces have been dealt.
        package var dealt = 0
        package var streams: [Stream] = []

        package struct Stream: Hashable, Sendable, Codable {
            /// Which deal gave this stream its piece.
            package var deal: Int
            /// The next input in the piece.
            package var offset: Int
        }

        /// Whether it can be a position of so many streams; no run deals 2⁴⁸ pieces.
        fileprivate func isPlausible(streams count: Int) -> Bool {
            streams.count == count && dealt < 1 << 48
                && streams.allSatisfy { $0.deal >= 0 && $0.deal < dealt && $0.offset >= 0 }
        }
    }

    package private(set) var position: Position
    private let source: any PieceSource
    private let seed: UInt64
    private let conditions: Range<Int32>
    private var pieces: [[Int32]]
    /// One a stream, or none.
    private var contexts: [any StreamContext]
    private var order: (epoch: Int, pieces: [Int]) = (-1, [])

    /// From the beginning.
    package init(_ source: any PieceSource, streams: Int, seed: UInt64) {
        self.init(source, streams: streams, seed: seed, position: Position())
        for stream in 0..<streams {
            take(position.dealt, for: stream)
            position.streams.append(.init(deal: position.dealt, offset: 0))
            position.dealt += 1
        }
    }

    /// From a saved position; nil when it cannot be one of so many streams over these pieces.
    package init?(
        _ source: any PieceSource, streams: Int, seed: UInt64, from position: Position
    ) {
        guard position.isPlausible(streams: streams) else { return nil }
        self.init(source, streams: streams, seed: seed, position: position)
        for (stream, place) in position.streams.enumerated() {
            take(place.deal, for: stream)
            guard place.offset < pieces[stream].count else { return nil }
            guard !contexts.isEmpty else { continue }
            for token in pieces[stream][..<place.offset] { contexts[stream].advance(Int(token)) }
        }
    }

    /// With pieces still to be taken.
    private init(_ source: any PieceSource, streams: Int, seed: UInt64, position: Position) {
        precondition(source.count > 0, "there must be a piece to deal")
        self.source = source
        conditions = source.conditions
        self.seed = seed
        self.position = position
        pieces = Array(repeating: [], count: streams)
        contexts = source.context.map { Array(repeating: $0, count: streams) } ?? []
    }

    /// How many times all pieces have been dealt, with a fraction.
    package var epochs: Double { Double(position.dealt) / Double(source.count) }

    /// A window to be filled by `next(_:into:)`, again and again, with memory for `steps` steps.
    package func window(steps: Int) -> TokenWindow {
        var window = TokenWindow(inputs: [], targets: [], resetToken: source.startToken)
        let rows = steps * position.streams.count
        window.inputs.reserveCapacity(rows)
        window.targets.reserveCapacity(rows)
        if !contexts.isEmpty {
            // Few places have more ids; where they do, the list grows to stay.
            window.contexts.reserveCapacity(64 * rows, places: rows)
            window.allowed.reserveCapacity(rows * source.vocabulary)
        }
        return window
    }

    /// The next `steps` steps of every stream, into `window`, whose memory is used again: nothing is
    /// allocated but for a piece that begins.
    package mutating func next(_ steps: Int, into window: inout TokenWindow) {
        let count = position.streams.count
        window.clear(rows: steps * count)
        for stream in 0..<count {
            for step in 0..<steps {
                let offset = position.streams[stream].offset
                window.inputs[step * count + stream] = pieces[stream][offset]
                position.streams[stream].offset += 1
                if offset + 1 < pieces[stream].count {
                    window.targets[step * count + stream] =
                        conditions.target(pieces[stream][offset + 1])
                } else {
                    deal(to: stream)
                }
            }
        }
        if !contexts.isEmpty { window.annotate(by: &contexts, vocabulary: source.vocabulary) }
    }

    private mutating func deal(to stream: Int) {
        take(position.dealt, for: stream)
        position.streams[stream] = .init(deal: position.dealt, offset: 0)
        position.dealt += 1
    }

    /// Makes a deal's piece the stream's.
    private mutating func take(_ deal: Int, for stream: Int) {
        let (epoch, index) = deal.quotientAndRemainder(dividingBy: source.count)
        if order.epoch != epoch {
            var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
            order = (epoch, Array(0..<source.count).shuffled(using: &generator))
        }
        let piece = order.pieces[index]
        pieces[stream] = source.tokens(
            ofPiece: piece, variant: source.variant(ofPiece: piece, epoch: epoch, seed: seed))
    }
}
