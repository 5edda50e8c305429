/// Guesses at the frame that is being written, each a whole earlier frame: those some steps ago, and
/// those after the longest repetitions.
struct FrameGuesses: Sendable {
    /// One guess and how it does.
    struct Guess: Sendable {
        /// Nil where there is no such frame.
        var frame: PitchSet?
        /// Whether all that is written of this frame agrees.
        var isRight = false
        /// Whether it was right in the latest frames, the latest in the lowest bit.
        var record = 0
    }

    private static let lags = [1, 2, 4, 6, 8, 12, 16, 24, 32]
    /// The guess after the longest repetition of whole frames.
    static let repetition = lags.count
    /// The guess after the longest repetition of frames but for their tops.
    private static let accompaniment = lags.count + 1
    static let count = lags.count + 2

    private(set) var guesses = [Guess](repeating: Guess(), count: count)

    /// Takes in a token of the frame: a key, or nil for its end.
    ///
    /// - Parameter bound: the lowest key that was possible.
    mutating func check(_ key: Int?, from bound: Int) {
        for index in guesses.indices where guesses[index].isRight {
            guesses[index].isRight = guesses[index].frame?.lowest(from: bound) == key
        }
    }

    /// The frame is at its end: guesses at the next.
    mutating func advance(
        frames: RepetitionFinder<PitchSet>, accompaniments: RepetitionFinder<PitchSet>
    ) {
        let items = frames.items
        for index in guesses.indices {
            let source: Int? =
                switch index {
                case Self.repetition: frames.match?.next
                case Self.accompaniment: accompaniments.match?.next
                default: items.count >= Self.lags[index] ? items.count - Self.lags[index] : nil
                }
            let record = (guesses[index].record << 1 | (guesses[index].isRight ? 1 : 0)) & 7
            guesses[index] = Guess(
                frame: source.map { items[$0] }, isRight: source != nil, record: record)
        }
    }

    mutating func reset() {
        for index in guesses.indices { guesses[index] = Guess() }
    }
}
