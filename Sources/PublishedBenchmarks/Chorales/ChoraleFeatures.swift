/// The ids of what `ChoraleContext` tells, a block for each thing; v is the voice whose token is next.
struct ChoraleFeatures: Sendable {
    static let layout = ChoraleFeatures()

    /// How many ids there are.
    let count: Int

    /// v and the step within four quarters, and within three.
    let place: ContextBlock
    let placeInThree: ContextBlock
    /// The quarter within sixteen, and the bar within eight.
    let quarter: ContextBlock
    let bar: ContextBlock
    /// The step in each period from where it seems to begin.
    let phases: [ContextBlock]
    /// The number of the step, where it is one of the first.
    let opening: ContextBlock
    /// v, and of every voice what it had in the step before.
    let before: ContextBlock
    /// Of every voice how long it has had it.
    let held: ContextBlock
    /// v, how long it has had its value, and the step within a quarter.
    let heldHere: ContextBlock
    /// v, which voices of this step changed, and the step within a quarter.
    let changed: ContextBlock
    /// v, what it had, and whether a voice of this step changed and on which kind of step.
    let staying: ContextBlock
    /// v, what it had, for how long, and whether a quarter begins.
    let lasting: ContextBlock
    /// v, and of every voice what it has in this step, if that is written.
    let now: ContextBlock
    /// Of each pair of voices of this step their interval, mod 12.
    let intervals: ContextBlock
    /// Of every voice of this step how far it went.
    let motion: ContextBlock
    /// v, and how far the voice just written is from what v had.
    let distance: ContextBlock
    /// v, and what it had 4, 8, 16 and 32 steps ago.
    let lagged: [ContextBlock]
    /// v, and its values before its latest one, without repetitions.
    let former: [ContextBlock]
    /// v, and what it has after the longest repetition, which is right so far: its length.
    let repeated: ContextBlock
    /// The same, where another voice of this step was not as there.
    let failed: ContextBlock
    /// v, and what it has where the soprano was longest like this: its length.
    let underSoprano: ContextBlock
    /// Pitch classes of the step before, and of this one so far.
    let classes: ContextBlock
    /// Pitch classes of the bass before and of the soprano now.
    let outer: ContextBlock
    let shift: ContextBlock

    static let lags = [4, 8, 16, 32]
    static let formerCount = 2
    static let phasePeriods = [12, 16]
    static let openings = 8
    static let motionLimit = 14
    static let lastingClasses = 5
    static let repetitionClasses = 5
    static let sopranoClasses = 3

    private init() {
        var ids = ContextLayout()
        let voices = ChoralePieces.voices
        let values = ChoraleText.values
        place = ids.block(voices, 16)
        placeInThree = ids.block(voices, 12)
        quarter = ids.block(16)
        bar = ids.block(8)
        phases = Self.phasePeriods.map { ids.block($0) }
        opening = ids.block(Self.openings)
        before = ids.block(voices, voices, values)
        held = ids.block(voices, SpanClass.count)
        heldHere = ids.block(voices, SpanClass.count, 4)
        changed = ids.block(voices, 8, 4)
        staying = ids.block(voices, values, 6)
        lasting = ids.block(voices, values, 2 * Self.lastingClasses)
        now = ids.block(voices, voices, values)
        intervals = ids.block(3, 13)
        motion = ids.block(voices, 2 * Self.motionLimit + 1)
        distance = ids.block(voices, 2 * Self.motionLimit + 1)
        lagged = Self.lags.map { _ in ids.block(voices, values) }
        former = (0..<Self.formerCount).map { _ in ids.block(voices, values) }
        repeated = ids.block(voices, values, Self.repetitionClasses)
        failed = ids.block(voices, values)
        underSoprano = ids.block(voices, values, Self.sopranoClasses)
        classes = ids.block(2, 12)
        outer = ids.block(12, 12)
        shift = ids.block(Transposition.shifts.count)
        count = ids.count
    }
}
