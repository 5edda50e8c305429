import Score

/// A score as it is printed: bars, staves, voices, note values and names.
package struct SheetMusic: Hashable, Sendable {
    package let title: String
    package let composer: String?
    package let bars: [Bar]
    package let parts: [SheetPart]
    package let tempos: [TempoMark]
    package let changes: Changes

    /// What is written otherwise than the file has it.
    package struct Changes: Hashable, Sendable {
        /// Whether the onsets were read as a performance's and moved to a grid.
        package let isPerformance: Bool
        package let notes: Int
        /// Notes that begin elsewhere, by more than a tick.
        package let movedOnsets: Int
        /// The mean distance of all, in quarter notes.
        package let meanShift: Double
        /// Notes of another length, by more than a tick.
        package let changedDurations: Int
        /// Drums, which are left out.
        package let drums: Int
    }

    /// - Throws: where there is nothing to write, or too much.
    package init(
        of score: Score, title: String, composer: String? = nil
    ) throws(NotationError) {
        let plans = PartPlan.plans(of: score)
        guard !plans.isEmpty else { throw .noNotes }
        let end = FineTime.fine(score.end, ticksPerQuarter: score.ticksPerQuarter)
        let bars = try BarPlan(of: score, end: end).bars
        let quantiser = Quantiser(of: score, bars: bars)
        let drafts = plans.map { StaffDraft.drafts(of: $0, in: score, quantiser, bars) }
        let speller = PitchSpeller(
            drafts.joined().flatMap(\.notes).sorted(by: TimedNote.precedes),
            key: KeyPlan(of: score).key(at:))
        self.title = title
        self.composer = composer
        self.bars = bars
        parts = zip(plans, drafts).map { plan, staves in
            SheetPart(
                name: plan.name, program: plan.program,
                staves: staves.map { draft in
                    SheetStaff(
                        draft.chords, voices: draft.voices, bars: bars, clefs: draft.clefs,
                        speller: speller)
                },
                pedals: plan.pedals(in: score), bars: bars)
        }
        tempos = TempoMark.marks(of: score, bars)
        changes = Changes(
            of: score, plans, parts.map(\.notes), isPerformance: !quantiser.isExact)
    }
}

extension SheetMusic.Changes {
    fileprivate init(
        of score: Score, _ plans: [PartPlan], _ written: [[TimedNote]], isPerformance: Bool
    ) {
        let resolution = score.ticksPerQuarter
        let tick = FineTime.quarter / resolution + 1
        var (moved, changed, shift, count) = (0, 0, 0, 0)
        for (plan, notes) in zip(plans, written) {
            let given = plan.members.flatMap { score.parts[$0.index].notes }.map { note in
                TimedNote(
                    pitch: note.pitch,
                    start: FineTime.fine(note.onset, ticksPerQuarter: resolution),
                    end: FineTime.fine(note.end, ticksPerQuarter: resolution))
            }
            // Per pitch the order of onsets is kept.
            let pairs = zip(given.sorted(by: Self.pitchwise), notes.sorted(by: Self.pitchwise))
            for (old, new) in pairs {
                let distance = abs(old.start - new.start)
                count += 1
                shift += distance
                if distance > tick { moved += 1 }
                if abs((old.end - old.start) - (new.end - new.start)) > 2 * tick { changed += 1 }
            }
        }
        self.isPerformance = isPerformance
        self.notes = count
        movedOnsets = moved
        changedDurations = changed
        meanShift = Double(shift) / Double(max(1, count)) / Double(FineTime.quarter)
        drums = score.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count }
    }

    private static func pitchwise(_ a: TimedNote, _ b: TimedNote) -> Bool {
        (a.pitch, a.start, a.end) < (b.pitch, b.start, b.end)
    }
}
