/// Which tokens may follow those already written, so that what is generated is playable notewise
/// text. A value for each stream; copying it forks the stream.
///
/// The rules, in the terms of `NotewiseEncoding`:
/// - A release needs its note to sound. A start of a note that sounds is a new strike of it.
/// - Within a step, tokens go up: after `pN` only `endpN` and higher indices, after `endpN` only
///   higher ones. So every step is finite, and no note is struck twice in one.
/// - At most `maximumNotesAtOnce` keys are down in any step. A note released in a step is down until
///   its end, so it counts; striking a note that sounds adds none.
/// - "<start>" never; "<end>" only if asked for.
///
/// A wait is always allowed, so no stream gets stuck, and after a wait every sounding note can be
/// released: none is ever caught. Waits may follow waits of any length, although a canonical text
/// merges them: a prompt can break off within a rest.
///
/// With `maximumNotesAtOnce` large enough, every token of every text by `encode` is allowed in turn.
package struct NotewiseGrammar: Hashable, Sendable {
    /// Keys that may be down at once.
    package let maximumNotesAtOnce: Int
    package let allowsPieceEnd: Bool
    /// The step at which the text is complete, or nil when nothing but "<end>" completes it.
    package let endStep: Int?
    /// The steps that have passed.
    package private(set) var step = 0
    /// The pitch indices of the notes that have started and were not released.
    package private(set) var sounding = PitchIndexSet()
    /// Whether "<end>" was written.
    package private(set) var hasEnded = false

    private let layout: NotewiseLayout
    /// For each pitch index the step of its last start.
    private var onsets: [Int]
    /// The latest token of this step as 2 · index (+ 1 for a release), −1 without one.
    private var latestInStep = -1
    private var releasedInStep = 0

    /// `maximumNotesAtOnce` must be at least 1, `endStep` in steps since the first token advanced by.
    package init(
        encoding: NotewiseEncoding, maximumNotesAtOnce: Int = 10, allowsPieceEnd: Bool = false,
        endStep: Int? = nil
    ) {
        precondition(maximumNotesAtOnce >= 1, "no note could ever start")
        self.maximumNotesAtOnce = maximumNotesAtOnce
        self.allowsPieceEnd = allowsPieceEnd
        self.endStep = endStep
        layout = encoding.layout
        onsets = [Int](repeating: 0, count: encoding.layout.pitchCount)
    }

    /// Whether "<end>" was written or the waits have reached `endStep`.
    package var isFinished: Bool { hasEnded || endStep.map { step >= $0 } ?? false }

    /// The pitch index that the newest token starts; nil when it is no start.
    var latestStart: Int? {
        latestInStep >= 0 && latestInStep.isMultiple(of: 2) ? latestInStep / 2 : nil
    }

    /// The step in which the note that sounds at `index` started; nil when none sounds.
    package func onset(of index: Int) -> Int? {
        sounding.contains(index) ? onsets[index] : nil
    }

    /// Takes in the next token, which need not be allowed (a prompt may come from elsewhere): a
    /// release without a note changes nothing, a start in any order is a start.
    package mutating func advance(_ token: Int) {
        switch layout.token(token) {
        case .start(let index):
            sounding.insert(index)
            onsets[index] = step
            latestInStep = 2 * index
        case .release(let index):
            if sounding.contains(index) { releasedInStep += 1 }
            sounding.remove(index)
            latestInStep = 2 * index + 1
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
        case .start(let index):
            return 2 * index > latestInStep && (hasFreeHand || sounding.contains(index))
        case .release(let index):
            return 2 * index + 1 > latestInStep && sounding.contains(index)
        case .wait: return true
        case .pieceStart: return false
        case .pieceEnd: return allowsPieceEnd
        }
    }

    /// Whether a note more fits into this step.
    private var hasFreeHand: Bool { sounding.count + releasedInStep < maximumNotesAtOnce }

    /// Sets `allowed[id]` to `allows(id)` for every id of the vocabulary, whose size `allowed` must
    /// have. Allocates nothing.
    package func fillMask(_ allowed: inout [Bool]) {
        precondition(allowed.count == layout.count, "the mask needs a place for every word")
        allowed.withUnsafeMutableBufferPointer { fillMask($0) }
    }

    /// The same into memory that the caller owns.
    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        precondition(allowed.count == layout.count, "the mask needs a place for every word")
        allowed[Vocabulary.pieceStart] = false
        allowed[Vocabulary.pieceEnd] = allowsPieceEnd && !hasEnded
        let starts = hasFreeHand
        for index in 0..<layout.pitchCount {
            let sounds = sounding.contains(index)
            allowed[layout.firstStart + index] =
                !hasEnded && 2 * index > latestInStep && (starts || sounds)
            allowed[layout.firstRelease + index] =
                !hasEnded && 2 * index + 1 > latestInStep && sounds
        }
        allowed[layout.firstWait...].update(repeating: !hasEnded)
    }
}
