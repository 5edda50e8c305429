/// The frames that are written, as a whole and in two parts, each searched for repetitions.
struct FramePast: Sendable {
    private(set) var frames = RepetitionFinder<PitchSet>()
    /// All but the highest note of each frame.
    private(set) var accompaniments = RepetitionFinder<PitchSet>()
    /// The highest note of each frame, −1 for none.
    private(set) var tops = RepetitionFinder<Int>()
    /// Frames since the latest change: of the whole frame, of its accompaniment, of its top.
    private(set) var ages = [0, 0, 0]

    var latest: PitchSet { frames.items.last ?? PitchSet() }

    mutating func append(_ frame: PitchSet) {
        let top = frame.highest ?? -1
        let accompaniment = frame.highest.map { frame.removing($0) } ?? frame
        let changes = [
            frame != latest, accompaniment != accompaniments.items.last ?? PitchSet(),
            top != tops.items.last ?? -1,
        ]
        for (index, hasChanged) in changes.enumerated() {
            ages[index] = hasChanged ? 1 : ages[index] + 1
        }
        frames.append(frame)
        accompaniments.append(accompaniment)
        tops.append(top)
    }

    mutating func reset() {
        frames.reset()
        accompaniments.reset()
        tops.reset()
        ages = [0, 0, 0]
    }
}
