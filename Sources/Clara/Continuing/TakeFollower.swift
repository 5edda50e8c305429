import Encodings
import Score

/// Follows a take while it is written.
struct TakeFollower {
    private(set) var tokens: [Int] = []
    private(set) var logProbability = 0.0
    private var follower: (any MusicFollower)?
    private var assignment: PartAssignment
    private var parts: [Int: (part: WrittenNote.Part, velocity: Velocity)] = [:]
    private var notes: [WrittenNote] = []
    private var tempos: [TempoMap.Change] = []
    private var step: Int
    private let seam: Seam
    private let keepsTempo: Bool
    private let tick: @Sendable (Int) -> Ticks

    init(_ continuation: Continuation) {
        let encoding = continuation.model.encoding
        let ticksPerQuarter = continuation.prompt.ticksPerQuarter
        seam = continuation.seam
        step = continuation.seam.startStep
        keepsTempo = continuation.settings.keepsTempo
        assignment = continuation.assignment
        follower = encoding.follower(
            after: continuation.promptTokens, endStep: continuation.seam.endStep)
        tick = { encoding.tick(atStep: $0, ticksPerQuarter: ticksPerQuarter) }
    }

    /// Takes in a token.
    ///
    /// - Returns: what is certain, where time has passed since notes came; nil for nothing to tell yet.
    mutating func advance(_ token: Int, logProbability: Float) -> Told? {
        tokens.append(token)
        self.logProbability += Double(logProbability)
        guard var follower else { return nil }
        self.follower = nil
        follower.advance(token) { keep($0) }
        self.follower = follower
        guard follower.step > step else { return nil }
        step = follower.step
        return notes.isEmpty ? nil : tell()
    }

    /// What is left when the take is over.
    mutating func finish() -> Told? {
        var follower = follower
        follower?.finish { keep($0) }
        return tell()
    }

    typealias Told = (notes: [WrittenNote], tempos: [TempoMap.Change], at: Ticks)

    private mutating func tell() -> Told? {
        guard !notes.isEmpty || !tempos.isEmpty else { return nil }
        defer { (notes, tempos) = ([], []) }
        return (notes, tempos, min(tick(step), seam.end))
    }

    private mutating func keep(_ event: FollowedMusic) {
        switch event {
        case .began(let note): keep(note, isOpen: true)
        case .note(let note): keep(note, isOpen: false)
        case .tempo(let step, let tempo):
            guard !keepsTempo else { return }
            tempos.append(.init(tick: max(tick(step), seam.start), microsecondsPerQuarter: tempo))
        }
    }

    private mutating func keep(_ note: FollowedNote, isOpen: Bool) {
        let (part, velocity) = parts[note.id] ?? place(note)
        parts[note.id] = isOpen ? (part, velocity) : nil
        let onset = max(tick(note.steps.lowerBound), seam.start)
        let end = max(onset, min(tick(note.steps.upperBound), seam.end))
        // Told in one go, a note is told once.
        if !isOpen { notes.removeAll { $0.id == note.id } }
        notes.append(
            WrittenNote(
                id: note.id, part: part,
                note: Note(
                    pitch: note.pitch, onset: onset, duration: end - onset, velocity: velocity),
                isOpen: isOpen))
    }

    private mutating func place(
        _ note: FollowedNote
    ) -> (part: WrittenNote.Part, velocity: Velocity) {
        assignment.place(note.pitch, velocity: note.velocity, of: note.program)
            .map { (.given($0.part), $0.velocity) }
            ?? (
                .new(program: assignment.player(ofProgram: note.program)?.program ?? note.program),
                note.velocity
            )
    }
}
