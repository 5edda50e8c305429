import Score

/// One staff: the voices of each bar, and its clefs.
package struct SheetStaff: Hashable, Sendable {
    /// One a bar.
    package let clefs: [Clef]
    /// For each bar its voices, at least one.
    package let bars: [[VoiceBar]]

    /// - Parameters:
    ///   - chords: in order of onset; `voices` has the voice of each.
    ///   - clefs: those that the staff may have, the usual one first.
    init(
        _ chords: [Chord], voices: [Int], bars plan: [Bar], clefs: [Clef], speller: PitchSpeller
    ) {
        var bars: [[VoiceBar]] = []
        var trees: [Meter: MetricTree] = [:]
        let contents = Self.fragments(chords, voices, plan)
        for (bar, content) in zip(plan, contents) {
            let tree = trees[bar.meter] ?? MetricTree(bar.meter)
            trees[bar.meter] = tree
            var used = content.keys.sorted()
            if used.isEmpty { used = [0] }
            let voices = used.enumerated().map { place, voice in
                let writer = VoiceWriter(
                    bar: bar, tree: tree, showsRests: place == 0, speller: speller)
                let events = writer.events(content[voice] ?? [])
                return VoiceBar(
                    // The first voice of a bar is where rests are printed.
                    voice: place == 0 ? 0 : voice,
                    events: BeamPlan(bar, tree, events).beamed(events))
            }
            bars.append(GraceNotes.attached(voices))
        }
        self.clefs = ClefPlan.clefs(forSteps: bars.map(Self.steps), among: clefs)
        self.bars = Self.withAccidentals(bars, plan)
    }

    private typealias Fragments = [Int: [VoiceWriter.Fragment]]

    /// What each voice has in each bar.
    private static func fragments(
        _ chords: [Chord], _ voices: [Int], _ plan: [Bar]
    ) -> [Fragments] {
        var contents = [Fragments](repeating: [:], count: plan.count)
        var first = 0
        for (chord, voice) in zip(chords, voices) {
            while first + 1 < plan.count, plan[first].end <= chord.start { first += 1 }
            var index = first
            repeat {
                let bar = plan[index]
                contents[index][voice, default: []].append(
                    VoiceWriter.Fragment(
                        chord: chord, start: max(0, chord.start - bar.start),
                        end: min(chord.end, bar.end) - bar.start,
                        isTiedFromBefore: chord.start < bar.start,
                        isTiedOn: chord.end > bar.end && index + 1 < plan.count))
                index += 1
            } while index < plan.count && plan[index].start < chord.end
        }
        return contents
    }

    private static func steps(of voices: [VoiceBar]) -> [Int] {
        voices.flatMap { $0.events.flatMap { $0.heads.map(\.pitch.diatonic) } }
    }

    private static func withAccidentals(_ bars: [[VoiceBar]], _ plan: [Bar]) -> [[VoiceBar]] {
        var accidentals = Accidentals(sharps: plan[0].key.sharps)
        return zip(bars, plan).map { voices, bar in
            var voices = voices
            accidentals.beginBar(sharps: bar.key.sharps)
            var places: [(voice: Int, event: Int)] = []
            for (voice, content) in voices.enumerated() {
                places += content.events.indices.map { (voice, $0) }
            }
            let start = { (place: (voice: Int, event: Int)) in
                voices[place.voice].events[place.event].start
            }
            let order = places.map { (place: $0, start: start($0)) }.enumerated()
                .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            for (_, element) in order {
                let (voice, event) = element.place
                for head in voices[voice].events[event].heads.indices {
                    let present = voices[voice].events[event].heads[head]
                    voices[voice].events[event].heads[head].accidental = accidentals.mark(
                        for: present.pitch, isTied: present.isTiedFromBefore)
                }
            }
            return voices
        }
    }
}
