import Score

/// Writes what one voice does in one bar as values, ties, tuplets and rests.
struct VoiceWriter {
    /// A chord as far as it lies in the bar.
    struct Fragment: Hashable {
        let chord: Chord
        /// From the bar line.
        let start: Int
        let end: Int
        let isTiedFromBefore: Bool
        let isTiedOn: Bool
    }

    let bar: Bar
    let tree: MetricTree
    /// Whether rests are printed; other voices than the first have gaps.
    let showsRests: Bool
    let speller: PitchSpeller

    /// - Parameter fragments: in order, none over another.
    func events(_ fragments: [Fragment]) -> [VoiceBar.Event] {
        let plan = TupletPlan(
            spans(fragments), in: tree, within: bar.offset..<bar.offset + bar.length)
        var events: [VoiceBar.Event] = []
        var at = 0
        func rest(to end: Int) {
            guard end > at else { return }
            if at == 0, end == bar.length, showsRests, bar.isFull {
                events.append(
                    .init(kind: .rest, start: 0, length: bar.length, value: nil, tuplet: nil))
            } else {
                events += pieces(at, end, plan, isRest: true)
            }
            at = end
        }
        for fragment in fragments {
            let start = max(at, writable(fragment.start, plan))
            let end = max(start, writable(fragment.end, plan))
            rest(to: start)
            events += notes(fragment, start, end, plan)
            at = end
        }
        rest(to: bar.length)
        return events
    }

    private func spans(_ fragments: [Fragment]) -> [Range<Int>] {
        fragments.map { $0.start + bar.offset..<max($0.start, $0.end) + bar.offset }
    }

    private func writable(_ time: Int, _ plan: TupletPlan) -> Int {
        min(max(0, plan.writable(time + bar.offset) - bar.offset), bar.length)
    }

    private func notes(
        _ fragment: Fragment, _ start: Int, _ end: Int, _ plan: TupletPlan
    ) -> [VoiceBar.Event] {
        let spelled = fragment.chord.pitches.map {
            speller.spelled($0, at: fragment.chord.start)
        }
        var events = pieces(start, end, plan, isRest: false)
        if events.isEmpty {
            events = [.init(kind: .notes, start: start, length: 0, value: nil, tuplet: nil)]
        }
        for index in events.indices {
            events[index].heads = spelled.map { pitch in
                VoiceBar.Head(
                    pitch: pitch,
                    isTiedFromBefore: index > 0 || fragment.isTiedFromBefore,
                    isTiedOn: index + 1 < events.count || fragment.isTiedOn)
            }
        }
        return events
    }

    /// Values for a stretch of the bar, cut where tuplets begin and end.
    private func pieces(
        _ start: Int, _ end: Int, _ plan: TupletPlan, isRest: Bool
    ) -> [VoiceBar.Event] {
        let kind: VoiceBar.Event.Kind = isRest ? (showsRests ? .rest : .gap) : .notes
        let (start, end) = (start + bar.offset, end + bar.offset)
        var events: [VoiceBar.Event] = []
        var at = start
        func plain(to end: Int) {
            if kind == .gap, end > at {
                events.append(
                    .init(
                        kind: .gap, start: at - bar.offset, length: end - at, value: nil,
                        tuplet: nil))
            } else {
                events += Values(tree: tree, isRest: isRest).pieces(from: at, to: end).map {
                    .init(
                        kind: kind, start: $0.start - bar.offset, length: $0.value.length,
                        value: $0.value, tuplet: nil)
                }
            }
            at = max(at, end)
        }
        for tuplet in plan.tuplets where tuplet.start < end && tuplet.end > start {
            plain(to: max(start, tuplet.start))
            events += inside(tuplet, at, min(end, tuplet.end), isRest: isRest)
            at = min(end, tuplet.end)
        }
        plain(to: end)
        return events
    }

    /// Values within a tuplet. Its rests are always printed, or it could not be counted.
    private func inside(
        _ tuplet: Tuplet, _ start: Int, _ end: Int, isRest: Bool
    ) -> [VoiceBar.Event] {
        guard let from = tuplet.written(start), let to = tuplet.written(end) else { return [] }
        return Values(tree: tuplet.tree, isRest: isRest).pieces(from: from, to: to).map { piece in
            let start = tuplet.time(piece.start)
            return .init(
                kind: isRest ? .rest : .notes, start: start - bar.offset,
                length: tuplet.time(piece.end) - start, value: piece.value,
                tuplet: .init(
                    actual: tuplet.actual, normal: tuplet.normal, unit: tuplet.unit,
                    isFirst: piece.start == 0, isLast: piece.end == tuplet.writtenLength))
        }
    }
}
