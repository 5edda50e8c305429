/// The ids of what `FrameContext` tells, a block for each thing.
struct FrameFeatures: Sendable {
    static let layout = FrameFeatures()

    /// Keys of the text's range; one number more stands for the end of a frame.
    static let keys = FrameText.pitches.count
    /// How many notes of a frame are told apart by their number.
    static let voices = 6

    /// How many ids there are.
    let count: Int

    /// A key that sounded in the latest frame, and for how long.
    let held: ContextBlock
    /// A key that sounded in the frame before.
    let earlier: ContextBlock
    /// A key that is written in this frame already.
    let written: ContextBlock
    /// What a guess at this frame has next: which guess, how it stands, what.
    let expected: ContextBlock
    /// Whether the guess was right in the latest three frames, and is in this one.
    let trust: ContextBlock
    /// What the latest frame has next, while it is right, by the place in two bars of four.
    let staying: ContextBlock
    /// What the longest repetition has next, while it is right: its length, what.
    let repeated: ContextBlock
    /// The length of the longest repetition that is wrong by now.
    let failed: ContextBlock
    /// The top of the frame after the longest repetition of tops: its length, which key.
    let melody: ContextBlock
    /// The note just written, by its number, counted from the lowest.
    let latest: ContextBlock
    /// The latest frame's note of the same number as the next one, and whether the note just written
    /// stayed, fell or rose against it.
    let voice: ContextBlock
    /// How the note just written differs from the latest frame's of the same number, in semitones.
    let motion: ContextBlock
    /// How many notes are written, and how many the latest frame had.
    let sizes: ContextBlock
    /// Pitch classes of the lowest and the latest note of this frame.
    let interval: ContextBlock
    /// Pitch classes of the latest frame, and of this one so far.
    let classes: ContextBlock
    /// How long ago a frame differed from the one before: as a whole, but for its top, in its top.
    let ages: ContextBlock
    /// The frame's number in each period, and from where the period seems to begin.
    let places: [ContextBlock]
    let phases: [ContextBlock]
    /// The number of the frame, where it is one of the first.
    let opening: ContextBlock
    let shift: ContextBlock

    static let periods = [3, 4, 6, 8, 12, 16, 24, 32]
    static let phasePeriods = [4, 6, 8, 12, 16]
    static let heldClasses = 6
    static let motionLimit = 14
    static let openings = 8

    private init() {
        var ids = ContextLayout()
        let keys = Self.keys
        held = ids.block(Self.heldClasses, keys)
        earlier = ids.block(keys)
        written = ids.block(keys)
        expected = ids.block(FrameGuesses.count, FrameGuesses.standings, keys + 1)
        trust = ids.block(FrameGuesses.count, 2, 8)
        staying = ids.block(8, keys + 1)
        repeated = ids.block(SpanClass.count, keys + 1)
        failed = ids.block(SpanClass.count)
        melody = ids.block(4, keys)
        latest = ids.block(Self.voices, keys)
        voice = ids.block(Self.voices, keys, 3)
        motion = ids.block(Self.voices, 2 * Self.motionLimit + 1)
        sizes = ids.block(Self.voices + 1, Self.voices + 1)
        interval = ids.block(12, 12)
        classes = ids.block(2, 12)
        ages = ids.block(3, SpanClass.count)
        places = Self.periods.map { ids.block($0) }
        phases = Self.phasePeriods.map { ids.block($0) }
        opening = ids.block(Self.openings)
        shift = ids.block(Transposition.shifts.count)
        count = ids.count
    }
}
