/// What one stream does about repetition: the settings' transforms in their documented order.
package struct RepetitionControl: HistoryTransform, Hashable {
    private var penalty: RepetitionPenalty?
    private var limit: RepeatLimit?

    /// - Parameter history: what the stream begins with, its prompt.
    package init(_ settings: RepetitionSettings, history: some Sequence<Int> = []) {
        penalty = settings.penalty.map { RepetitionPenalty($0) }
        limit = settings.noRepeat.map { RepeatLimit(length: $0, repeats: settings.repeats ?? 0) }
        guard penalty != nil || limit != nil else { return }
        for token in history { advance(token) }
    }

    package mutating func advance(_ token: Int) {
        penalty?.advance(token)
        limit?.advance(token)
    }

    package func apply(to candidates: inout Candidates) {
        penalty?.apply(to: &candidates)
        limit?.apply(to: &candidates)
    }
}
