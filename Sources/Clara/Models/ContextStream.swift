import Encodings
import Networks

/// What an encoding tells besides the tokens, as networks know it.
struct ContextStream<Context: MusicContext>: StreamContext {
    private var context: Context

    fileprivate init(_ context: Context) { self.context = context }

    mutating func advance(_ token: Int) { context.advance(token) }

    func appendIDs(to ids: inout [Int32]) { context.appendIDs(to: &ids) }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { context.fillMask(allowed) }
}

extension MusicEncoding {
    /// What a network may score besides the tokens: intervals from the notes that the context names, and with those
    /// that sound, how frequent pitch classes are, and what it guesses; nil where it tells none of them.
    var scores: ScoreLayout? {
        let context = context()
        let intervals = context?.references.map {
            IntervalLayout(
                firstNote: $0.firstToken, notes: $0.notes, instruments: $0.instruments,
                firstReference: $0.firstID, references: $0.count)
        }
        let harmony = context?.sounding.map {
            HarmonyLayout(
                firstNote: $0.firstToken, notes: $0.notes, instruments: $0.instruments,
                firstSounding: $0.firstID, ways: $0.ways)
        }
        let pitchClasses = context?.frequencies.map {
            PitchClassLayout(
                firstNote: $0.firstToken, notes: $0.notes, instruments: $0.instruments,
                lowest: $0.lowest, firstFrequency: $0.firstID, frequencies: $0.frequencies,
                memories: $0.memories)
        }
        let guesses = context?.guesses.map {
            GuessLayout(
                firstGuess: $0.firstID, words: $0.words, standings: $0.standings, guesses: $0.count)
        }
        return ScoreLayout(
            intervals: intervals, harmony: harmony, pitchClasses: pitchClasses, guesses: guesses)
    }

    /// A stream's context before its first token; nil where the tokens say it all.
    package func streamContext() -> (any StreamContext)? {
        func stream(_ context: some MusicContext) -> any StreamContext { ContextStream(context) }
        return context().map { stream($0) }
    }
}
