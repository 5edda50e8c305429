/// What a notewise text tells at each place that its reader would otherwise have to keep count of:
/// which notes sound and for how long, where in the bar the place is, and what was struck a beat and
/// a bar ago.
///
/// Numbered for a network's input:
/// - for each note that sounds its cell (in a duet the violin's pitches, then the piano's) and how
///   long it has, in five classes: less than a sixteenth, an eighth, a quarter, a half, or longer
///   (steps since its onset, against f/4, f/2, f and 2f);
/// - the step within four quarters, and within three: a bar in most meters, counted from the start
///   of the text, for the text does not say its meter;
/// - the cells struck one, two, three and four quarters before this step.
package struct NotewiseContext: Hashable, Sendable {
    private var grammar: NotewiseGrammar
    private let initial: NotewiseGrammar
    private let stepsPerQuarter: Int
    private let cellCount: Int
    private var history: StrikeHistory

    private static let ages = 5
    private static let lags = StrikeHistory.quarters

    package init(encoding: NotewiseEncoding) {
        // As many notes as there are keys: contexts describe what is written, good or bad.
        initial = NotewiseGrammar(
            encoding: encoding, maximumNotesAtOnce: encoding.grid.cellCount, allowsPieceEnd: true)
        grammar = initial
        stepsPerQuarter = encoding.stepsPerQuarter
        cellCount = encoding.grid.cellCount
        history = StrikeHistory(stepsPerQuarter: stepsPerQuarter)
    }

    /// How many ids there are.
    package var count: Int { (Self.ages + Self.lags) * cellCount + 7 * stepsPerQuarter }

    /// Takes in the next token; "<start>" makes everything as at first.
    package mutating func advance(_ token: Int) {
        guard token != Vocabulary.pieceStart else {
            grammar = initial
            history.reset()
            return
        }
        grammar.advance(token)
        if let struck = grammar.latestStart { history.strike(struck) }
        history.pass(grammar.step - history.step)
    }

    /// Appends the ids that hold now, each 0 ..< `count`.
    package func appendIDs(to ids: inout [Int32]) {
        for index in grammar.sounding {
            let age = grammar.step - (grammar.onset(of: index) ?? grammar.step)
            ids.append(Int32(ageClass(age) * cellCount + index))
        }
        for lag in 1...Self.lags {
            let offset = (Self.ages + lag - 1) * cellCount
            for index in history.struck(stepsAgo: lag * stepsPerQuarter) {
                ids.append(Int32(offset + index))
            }
        }
        let first = (Self.ages + Self.lags) * cellCount
        ids.append(Int32(first + grammar.step % (4 * stepsPerQuarter)))
        ids.append(Int32(first + 4 * stepsPerQuarter + grammar.step % (3 * stepsPerQuarter)))
    }

    private func ageClass(_ steps: Int) -> Int {
        switch 4 * steps {
        case ..<stepsPerQuarter: 0
        case ..<(2 * stepsPerQuarter): 1
        case ..<(4 * stepsPerQuarter): 2
        case ..<(8 * stepsPerQuarter): 3
        default: 4
        }
    }

    /// Sets `allowed[id]` to whether the grammar allows `id` next, (V).
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { grammar.fillMask(allowed) }
}
