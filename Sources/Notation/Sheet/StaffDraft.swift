import Score

/// The music of one staff before it is written: its chords, each with its voice.
struct StaffDraft {
    let chords: [Chord]
    let voices: [Int]
    let clefs: [Clef]

    /// The staves of an instrument.
    static func drafts(
        of plan: PartPlan, in score: Score, _ quantiser: Quantiser, _ bars: [Bar]
    ) -> [StaffDraft] {
        var right: [Held] = []
        var left: [Held] = []
        var either: [Held] = []
        for member in plan.members {
            let notes = quantiser.notes(of: score.parts[member.index])
            switch member.hand {
            case .right: right += notes
            case .left: left += notes
            case .either: either += notes
            }
        }
        either.sort { TimedNote.precedes($0.note, $1.note) }
        for (note, isRight) in zip(either, HandSplit.isRight(either.map(\.note))) {
            if isRight { right.append(note) } else { left.append(note) }
        }
        guard plan.hasTwoStaves else {
            return [StaffDraft(right, clefs: plan.clefs(for: right.map(\.note)))]
        }
        return [
            StaffDraft(right, clefs: [.treble, .bass]), StaffDraft(left, clefs: [.bass, .treble]),
        ]
    }

    private typealias Held = (note: TimedNote, isAsHeld: Bool)

    private init(_ notes: [Held], clefs: [Clef]) {
        let sorted = notes.sorted { TimedNote.precedes($0.note, $1.note) }
        let readable = ReadableDurations.applied(to: sorted)
        let drafts = Chord.chords(of: readable, atMostAtOnce: VoiceAssignment.limit)
        (voices, chords) = VoiceAssignment.voices(of: drafts)
        self.clefs = clefs
    }

    /// The notes as they are written.
    var notes: [TimedNote] {
        chords.flatMap { chord in
            chord.pitches.map { TimedNote(pitch: $0, start: chord.start, end: chord.end) }
        }
    }
}

extension PartPlan {
    /// The clefs that its one staff may have.
    fileprivate func clefs(for notes: [TimedNote]) -> [Clef] {
        switch program {
        case 24...31: return [.trebleBelow]
        case 32...39, 43: return [.bassBelow]
        case 58: return [.bass]
        case 41: return [.alto, .treble]
        case 42, 57, 70: return [.bass, .treble]
        default:
            let sum = notes.reduce(0) { $0 + $1.pitch.number }
            return sum >= 58 * notes.count ? [.treble, .bass] : [.bass, .treble]
        }
    }

    /// From where to where the sustain pedal is down, in fine ticks, on eighths.
    func pedals(in score: Score) -> [Range<Int>] {
        let step = FineTime.quarter / 2
        func fine(_ tick: Ticks) -> Int {
            let tick = min(tick, score.end)
            return FineTime.nearest(
                to: FineTime.fine(tick, ticksPerQuarter: score.ticksPerQuarter), step: step)
        }
        var pedals: [Range<Int>] = []
        for pedal in members.flatMap({ score.parts[$0.index].pedals }).sorted(by: {
            $0.down < $1.down
        }) {
            let down = max(fine(pedal.down), pedals.last?.upperBound ?? 0)
            let up = fine(pedal.up)
            if down < up { pedals.append(down..<up) }
        }
        return pedals
    }
}
