/// Which tokens may follow those already written, so that what is generated is playable notewise
/// text. A value for each stream; copying it forks the stream.
///
/// The rules, in the terms of `NotewiseEncoding`:
/// - A release needs its note to sound. A start of a note that sounds is a new strike of it.
/// - Within a step, tokens go up: after `pN` only `endpN` and higher cells, after `endpN` only
///   higher ones; a duet's violin before the piano. So every step is finite, and no note is struck
///   twice in one.
/// - At most the rules' `maximumNotesAtOnce` keys are down in any step. A note released in a step is down until
///   its end, so it counts; striking a note that sounds adds none.
/// - A duet's violin starts no note below its lowest string.
/// - "<start>" never; "<end>" only if asked for.
///
/// A wait is always allowed, so no stream gets stuck, and after a wait every sounding note can be
/// released: none is ever caught. Waits may follow waits of any length, although a canonical text
/// merges them: a prompt can break off within a rest.
///
/// With `maximumNotesAtOnce` large enough, every token of every text by `encode` is allowed in turn.
package struct NotewiseGrammar: Hashable, Sendable {
    /// The steps that have passed.
    package private(set) var step = 0
    /// The cells of the notes that have started and were not released.
    package private(set) var sounding = PitchIndexSet()
    /// Whether "<end>" was written.
    package private(set) var hasEnded = false

    private let rules: GrammarRules
    private let layout: NotewiseLayout
    /// For each cell the step of its last start.
    private var onsets: [Int]
    /// The latest token of this step as 2 · cell (+ 1 for a release), −1 without one.
    private var latestInStep = -1
    private var releasedInStep = 0
    /// Cells below it are never started: a violin's below its lowest string.
    private let firstInReach: Int

    package init(encoding: NotewiseEncoding, rules: GrammarRules = GrammarRules()) {
        self.rules = rules
        layout = encoding.layout
        // In a duet the violin's cells are the first, in order of pitch.
        firstInReach = (0..<encoding.layout.cellCount).first(where: encoding.grid.isInReach) ?? 0
        onsets = [Int](repeating: 0, count: encoding.layout.cellCount)
    }

    /// Whether "<end>" was written or the waits have reached the rules' end.
    package var isFinished: Bool { hasEnded || rules.endStep.map { step >= $0 } ?? false }

    /// The cell that the newest token starts; nil when it is no start.
    var latestStart: Int? {
        latestInStep >= 0 && latestInStep.isMultiple(of: 2) ? latestInStep / 2 : nil
    }

    /// The step in which the note that sounds in `cell` started; nil when none sounds.
    package func onset(of cell: Int) -> Int? {
        sounding.contains(cell) ? onsets[cell] : nil
    }

    /// Takes in the next token, which need not be allowed (a prompt may come from elsewhere): a
    /// release without a note changes nothing, a start in any order is a start.
    package mutating func advance(_ token: Int) {
        switch layout.token(token) {
        case .start(let cell):
            sounding.insert(cell)
            onsets[cell] = step
            latestInStep = 2 * cell
        case .release(let cell):
            if sounding.contains(cell) { releasedInStep += 1 }
            sounding.remove(cell)
            latestInStep = 2 * cell + 1
        case .wait(let steps):
            step += steps
            latestInStep = -1
            releasedInStep = 0
        case .pieceStart: break
        case .pieceEnd: hasEnded = true
        }
    }

    /// Whether `token` may come next. After "<end>" nothing may.
    package func allows(_ token: Int) -> Bool {
        if hasEnded { return false }
        switch layout.token(token) {
        case .start(let cell):
            return cell >= firstInReach && 2 * cell > latestInStep
                && (hasFreeHand || sounding.contains(cell))
        case .release(let cell):
            return 2 * cell + 1 > latestInStep && sounding.contains(cell)
        case .wait: return true
        case .pieceStart: return false
        case .pieceEnd: return rules.allowsPieceEnd
        }
    }

    /// Whether a note more fits into this step.
    private var hasFreeHand: Bool { sounding.count + releasedInStep < rules.maximumNotesAtOnce }

    /// Sets `allowed[id]` to `allows(id)` for every id of the vocabulary, (V). Allocates nothing.
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(allowed.count == layout.count, "the mask needs a place for every word")
        allowed[Vocabulary.pieceStart] = false
        allowed[Vocabulary.pieceEnd] = rules.allowsPieceEnd && !hasEnded
        let starts = hasFreeHand
        for cell in 0..<layout.cellCount {
            let sounds = sounding.contains(cell)
            allowed[layout.firstStart + cell] =
                !hasEnded && cell >= firstInReach && 2 * cell > latestInStep && (starts || sounds)
            allowed[layout.firstRelease + cell] =
                !hasEnded && 2 * cell + 1 > latestInStep && sounds
        }
        allowed[layout.firstWait...].update(repeating: !hasEnded)
    }
}
