/// Guesses at the frame that is being written: the frames some steps ago, those after the longest
/// repetitions, and what two repetitions make together.
struct FrameGuesses: Sendable {
    /// One guess and how it does.
    struct Guess: Sendable {
        /// Nil where there is no such frame.
        var frame: PitchSet?
        /// Whether all that is written of this frame agrees.
        var isRight = false
        /// Whether it was right in the latest three frames, the latest in the lowest bit.
        var record = 0

        /// How far it is to be trusted: 0 where it is wrong already, else the more the oftener it was
        /// right, up to 3.
        var standing: Int { isRight ? max(1, record.nonzeroBitCount) : 0 }
    }

    static let standings = 4

    private static let lags = [1, 2, 4, 6, 8, 12, 16, 24, 32]
    /// The guess after the longest repetition of whole frames.
    static let repetition = lags.count
    /// The guess after the longest repetition of frames but for their tops.
    private static let accompaniment = lags.count + 1
    /// What is below the top stays, or goes on as after its longest repetition; the top goes on as
    /// after its own.
    private static let stayingUnderTop = lags.count + 2
    private static let repeatedUnderTop = lags.count + 3
    static let count = lags.count + 4

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
    mutating func advance(_ past: FramePast) {
        for index in guesses.indices {
            let frame = frame(ofGuess: index, past)
            let record = (guesses[index].record << 1 | (guesses[index].isRight ? 1 : 0)) & 7
            guesses[index] = Guess(frame: frame, isRight: frame != nil, record: record)
        }
    }

    private func frame(ofGuess index: Int, _ past: FramePast) -> PitchSet? {
        let items = past.frames.items
        let top = past.tops.match.map { past.tops.items[$0.next] }
        func under(_ accompaniment: PitchSet?) -> PitchSet? {
            guard let top, let accompaniment, top > accompaniment.highest ?? -1 else { return nil }
            return accompaniment.inserting(top)
        }
        switch index {
        case Self.repetition: return past.frames.match.map { items[$0.next] }
        case Self.accompaniment: return past.accompaniments.match.map { items[$0.next] }
        case Self.stayingUnderTop: return under(past.accompaniments.items.last)
        case Self.repeatedUnderTop:
            return under(past.accompaniments.match.map { past.accompaniments.items[$0.next] })
        default:
            let lag = Self.lags[index]
            return items.count >= lag ? items[items.count - lag] : nil
        }
    }

    mutating func reset() {
        for index in guesses.indices { guesses[index] = Guess() }
    }
}
