import Networks
import Tensors

/// Scores whole pieces with a language model, the state carried through each from zero.
public struct PieceScorer {
    /// What a model thinks of some pieces.
    public struct Result: Hashable, Sendable {
        /// Σ −ln p over all tokens after the start tokens, in nats.
        public var nats: Double
        /// How many tokens that are.
        public var tokens: Int

        package init(nats: Double = 0, tokens: Int = 0) {
            self.nats = nats
            self.tokens = tokens
        }

        public var natsPerToken: Double { tokens > 0 ? nats / Double(tokens) : 0 }
    }

    private let model: LanguageModel

    package init(_ model: LanguageModel) { self.model = model }

    /// - Parameter progress: called now and then with the share done, 0…1.
    /// - Returns: the sum over variant 0 of every piece. The model's carried state is kept.
    package func score(
        _ source: any PieceSource, progress: (Double) -> Void = { _ in }
    ) -> Result {
        let result = attemptScore(of: source) { share in
            progress(share)
            return true
        }
        return result ?? Result()
    }

    /// The same, or nil as soon as `goesOn`, called with the share done, says no.
    package func attemptScore(of source: any PieceSource, while goesOn: (Double) -> Bool) -> Result?
    {
        var result = Result()
        let isWhole = readWindows(of: source) { window, lanes in
            result.nats += model.score(window)
            result.tokens += window.targets.count { $0 >= 0 }
            return goesOn(lanes.share)
        }
        return isWhole ? result : nil
    }

    /// −ln p of every token that is asked for, in nats, piece by piece in their order.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    package func tokenLosses(
        of source: any PieceSource, progress: (Double) -> Void = { _ in }
    ) -> [[Float]] {
        var losses = [[Float]](repeating: [], count: source.count)
        _ = readWindows(of: source) { window, lanes in
            _ = model.score(window)
            for (row, loss) in model.latestLosses(of: window).enumerated()
            where window.targets[row] >= 0 {
                losses[lanes.places[row]].append(loss)
            }
            progress(lanes.share)
            return true
        }
        return losses
    }

    /// Deals window after window, as long as `read` says so, which has the model read it.
    ///
    /// - Returns: whether everything was read.
    private func readWindows(
        of source: any PieceSource, read: (TokenWindow, ScoringLanes) -> Bool
    ) -> Bool {
        let kept = model.carriedStates.map {
            Array(UnsafeBufferPointer(start: $0.base, count: $0.count))
        }
        defer {
            for (state, values) in zip(model.carriedStates, kept) {
                for index in values.indices { state.base[index] = values[index] }
            }
        }
        var lanes = ScoringLanes(source, steps: model.steps, streams: model.streams)
        var window = TokenWindow(inputs: [], targets: [], resetToken: source.startToken)
        while lanes.next(into: &window) {
            guard read(window, lanes) else { return false }
        }
        return true
    }
}

/// Deals every piece once, the longest first, each to the stream that is free next.
private struct ScoringLanes {
    private let source: any PieceSource
    private let conditions: Range<Int32>
    private let steps: Int
    private var waiting: ArraySlice<Int>
    /// Which piece stands where in the latest window, (T·B); of no meaning where nothing is asked.
    private(set) var places: [Int] = []
    private var numbers: [Int]
    private var pieces: [[Int32]]
    private var offsets: [Int]
    private var contexts: [any StreamContext]

    init(_ source: any PieceSource, steps: Int, streams: Int) {
        self.source = source
        conditions = source.conditions
        self.steps = steps
        let lengths = (0..<source.count).map { source.tokens(ofPiece: $0, variant: 0).count }
        waiting = (0..<source.count).sorted { (lengths[$0], $1) > (lengths[$1], $0) }[...]
        numbers = Array(repeating: 0, count: streams)
        pieces = Array(repeating: [], count: streams)
        offsets = Array(repeating: 0, count: streams)
        contexts = source.context.map { Array(repeating: $0, count: streams) } ?? []
    }

    var share: Double { source.count == 0 ? 1 : 1 - Double(waiting.count) / Double(source.count) }

    /// Fills `window`, whose memory is used again; false when all is scored. A stream without a piece
    /// gets start tokens and no targets.
    mutating func next(into window: inout TokenWindow) -> Bool {
        let count = pieces.count
        window.clear(rows: steps * count)
        places.removeAll(keepingCapacity: true)
        places.append(contentsOf: repeatElement(0, count: steps * count))
        var isEmpty = true
        for stream in 0..<count {
            for step in 0..<steps {
                if offsets[stream] == pieces[stream].count {
                    guard let piece = waiting.popFirst() else { break }
                    pieces[stream] = source.tokens(ofPiece: piece, variant: 0)
                    numbers[stream] = piece
                    offsets[stream] = 0
                }
                isEmpty = false
                let offset = offsets[stream]
                window.inputs[step * count + stream] = pieces[stream][offset]
                places[step * count + stream] = numbers[stream]
                if offset + 1 < pieces[stream].count {
                    window.targets[step * count + stream] =
                        conditions.target(pieces[stream][offset + 1])
                }
                offsets[stream] += 1
            }
        }
        if !contexts.isEmpty { window.annotate(by: &contexts, vocabulary: source.vocabulary) }
        return !isEmpty
    }
}
