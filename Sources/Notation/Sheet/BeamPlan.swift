import Score

/// Joins the notes of a voice by beams, beat by beat.
struct BeamPlan {
    private let groups: [Range<Int>]
    private let offset: Int

    init(_ bar: Bar, _ tree: MetricTree, _ events: [VoiceBar.Event]) {
        offset = bar.offset
        groups = Self.groups(bar, tree, events)
    }

    /// The events with their beams, and tuplets told whether they need a bracket.
    func beamed(_ events: [VoiceBar.Event]) -> [VoiceBar.Event] {
        var events = events
        var run: [Int] = []
        func close() {
            if run.count > 1 { Self.join(run, &events, offset) }
            run = []
        }
        for index in events.indices where !events[index].isGrace {
            let event = events[index]
            guard event.kind == .notes, let value = event.value, value.beams > 0 else {
                close()
                continue
            }
            if let last = run.last, group(of: events[last]) != group(of: event) { close() }
            run.append(index)
        }
        close()
        Self.dropBrackets(&events)
        return events
    }

    private func group(of event: VoiceBar.Event) -> Int? {
        groups.firstIndex { $0.contains(event.start + offset) }
    }

    /// The stretches over which a beam may reach: beats; two beats of 4/4 or 2/4 and the whole of 3/4
    /// where they have nothing but eighths.
    private static func groups(
        _ bar: Bar, _ tree: MetricTree, _ events: [VoiceBar.Event]
    ) -> [Range<Int>] {
        let beats = tree.beats.map { $0.start..<$0.end }
        guard bar.meter.denominator == 4, !MetricTree.isCompound(bar.meter) else {
            return bar.meter.denominator == 2 ? halved(beats, bar, events) : beats
        }
        let joined: [Range<Int>] =
            if bar.meter.numerator == 3 {
                [tree.start..<tree.end]
            } else if bar.meter.numerator % 2 == 0 {
                stride(from: 0, to: beats.count - 1, by: 2).map {
                    beats[$0].lowerBound..<beats[$0 + 1].upperBound
                }
            } else { beats }
        return joined.flatMap { group in
            let isPlain = hasOnlyEighths(group, bar, events)
            return isPlain ? [group] : beats.filter { group.overlaps($0) }
        }
    }

    /// Half notes as beats are beamed by quarters where anything is shorter than eighths.
    private static func halved(
        _ beats: [Range<Int>], _ bar: Bar, _ events: [VoiceBar.Event]
    ) -> [Range<Int>] {
        beats.flatMap { beat -> [Range<Int>] in
            if hasOnlyEighths(beat, bar, events) { return [beat] }
            let middle = (beat.lowerBound + beat.upperBound) / 2
            return [beat.lowerBound..<middle, middle..<beat.upperBound]
        }
    }

    private static func hasOnlyEighths(
        _ group: Range<Int>, _ bar: Bar, _ events: [VoiceBar.Event]
    ) -> Bool {
        events.allSatisfy { event in
            guard group.contains(event.start + bar.offset), !event.isGrace else { return true }
            return event.kind == .notes && event.tuplet == nil
                && (event.value.map { $0.dots == 0 && $0.halvings == 3 } ?? false)
        }
    }

    /// Writes the beams of events that hang together.
    private static func join(_ run: [Int], _ events: inout [VoiceBar.Event], _ offset: Int) {
        let counts = run.map { events[$0].value?.beams ?? 0 }
        for (place, index) in run.enumerated() {
            events[index].beams = (1...counts[place]).map { level in
                let before = place > 0 && counts[place - 1] >= level
                let after = place + 1 < run.count && counts[place + 1] >= level
                switch (before, after) {
                case (false, true): return .begin
                case (true, true): return .continue
                case (true, false): return .end
                case (false, false):
                    let event = events[index]
                    let isFirst = (event.start + offset) % (2 * max(1, event.length)) == 0
                    let looksBack = place > 0 && (place + 1 == run.count || !isFirst)
                    return looksBack ? .backwardHook : .forwardHook
                }
            }
        }
    }

    /// A tuplet whose notes hang on one beam of their own needs no bracket.
    private static func dropBrackets(_ events: inout [VoiceBar.Event]) {
        var first: Int?
        for index in events.indices {
            guard let tuplet = events[index].tuplet else { continue }
            if tuplet.isFirst { first = index }
            guard tuplet.isLast, let start = first else { continue }
            let group = (start...index).filter { !events[$0].isGrace }
            let isBeamed =
                events[start].beams.first == .begin && events[index].beams.first == .end
                && group.dropFirst().dropLast().allSatisfy {
                    events[$0].beams.first == .continue
                }
            for index in group { events[index].tuplet?.hasBracket = !isBeamed }
            first = nil
        }
    }
}
