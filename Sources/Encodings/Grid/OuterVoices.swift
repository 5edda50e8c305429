/// The highest and the lowest note of each of the latest steps in which an instrument struck any.
struct OuterVoices: Hashable, Sendable {
    struct Pair: Hashable, Sendable {
        fileprivate var step = -1
        /// −1 without one.
        fileprivate(set) var top = -1
        fileprivate(set) var bottom = -1
    }

    /// What holds at a step.
    struct Voices: Hashable, Sendable {
        /// The note that was struck last at the step itself; −1 without one.
        let newest: Int
        /// Of the last step before it that struck any, and of the one before that.
        let last, former: Pair
    }

    private var newest = -1
    private var latest = Pair()
    private var former = Pair()
    private var older = Pair()

    /// Notes a strike, at the latest step or a later one.
    mutating func strike(_ note: Int, at step: Int) {
        if latest.step != step {
            (older, former, latest) = (former, latest, Pair(step: step, top: note, bottom: note))
        }
        newest = note
        latest.top = max(latest.top, note)
        latest.bottom = min(latest.bottom, note)
    }

    /// - Parameter step: the latest that struck any, or a later one.
    func voices(at step: Int) -> Voices {
        latest.step == step
            ? Voices(newest: newest, last: former, former: older)
            : Voices(newest: -1, last: latest, former: former)
    }
}
