import Score

extension NoteGrid {
    /// The score's notes on the grid in order of step, then of cell, no two of a cell overlapping.
    ///
    /// Onset step = ⌊onset · f⌋, length = ⌊duration · f⌋ with onset and duration in quarters, at
    /// least one step. Notes that strike the same cell in the same step merge to the longest; a note
    /// ends where its cell is struck again. O(n log n) for n notes.
    func strikes(of score: Score, report: inout EncodingReport) -> [GridStrike] {
        var all: [GridStrike] = []
        all.reserveCapacity(score.noteCount)
        for part in score.parts {
            if part.isDrums {
                report.add(.drums, notes: part.notes.count)
            } else if let instrument = ensemble.instrument(ofProgram: part.program) {
                for note in part.notes {
                    append(note, of: instrument, in: score, to: &all, report: &report)
                }
            } else {
                report.add(.otherInstruments, notes: part.notes.count)
            }
        }
        all.sort {
            ($0.step, $0.cell, $1.end, $1.velocity) < ($1.step, $1.cell, $0.end, $0.velocity)
        }
        let kept = withoutOverlaps(all, report: &report)
        report.encodedNotes += kept.count
        return kept
    }

    private func append(
        _ note: Note, of instrument: InstrumentClass, in score: Score,
        to strikes: inout [GridStrike], report: inout EncodingReport
    ) {
        let step = step(at: note.onset, in: score)
        guard step < Self.mostSteps else {
            report.add(.tooLate)
            return
        }
        let cell = cell(of: note.pitch, instrument: instrument)
        if !range.contains(note.pitch) {
            report.add(.folded)
        } else if pitch(ofCell: cell) != note.pitch {
            report.add(.raised)
        }
        let end = step + max(1, self.step(at: note.duration, in: score))
        if end > Self.mostSteps { report.add(.tooLong) }
        strikes.append(
            GridStrike(
                step: step, cell: cell, end: min(end, Self.mostSteps), velocity: note.velocity))
    }

    private func step(at tick: Ticks, in score: Score) -> Int {
        resolution.step(atTick: tick, ticksPerQuarter: score.ticksPerQuarter)
    }

    /// Of strikes in one cell keeps the first, which the order makes the longest.
    private func withoutOverlaps(
        _ sorted: [GridStrike], report: inout EncodingReport
    ) -> [GridStrike] {
        var kept: [GridStrike] = []
        kept.reserveCapacity(sorted.count)
        var latest = [Int](repeating: -1, count: cellCount)
        for strike in sorted {
            if latest[strike.cell] >= 0 {
                let former = latest[strike.cell]
                if kept[former].step == strike.step {
                    report.add(.merged)
                    continue
                }
                if kept[former].end > strike.step {
                    kept[former].end = strike.step
                    report.add(.shortened)
                }
            }
            latest[strike.cell] = kept.count
            kept.append(strike)
        }
        return kept
    }

    /// The music of strikes: one piano's, or a part for each of a duet's instruments that plays, at the
    /// standard tempo and in 4/4, since a grid holds neither.
    ///
    /// Ticks are exact when f divides `ticksPerQuarter`. Otherwise a step begins at the next tick, so
    /// that onsets encode to the same step again, but a length can come out one step shorter.
    func score(of strikes: [GridStrike], ticksPerQuarter: Int) -> Score {
        let tick = { self.resolution.tick(atStep: $0, ticksPerQuarter: ticksPerQuarter) }
        var notes = [[Note]](repeating: [], count: ensemble.instruments.count)
        for strike in strikes {
            let onset = tick(strike.step)
            notes[strike.cell / range.count].append(
                Note(
                    pitch: pitch(ofCell: strike.cell), onset: onset,
                    duration: tick(strike.end) - onset, velocity: strike.velocity))
        }
        if ensemble == .piano {
            return Score(ticksPerQuarter: ticksPerQuarter, parts: notes.map { Part(notes: $0) })
        }
        let parts = zip(ensemble.instruments, notes).filter { !$0.1.isEmpty }
            .map { Part(name: $0.name, program: $0.program, notes: $1) }
        return Score(ticksPerQuarter: ticksPerQuarter, parts: parts)
    }
}

extension NoteLoss {
    /// Parts that are neither violin-like nor piano-like, where an ensemble leaves them out.
    package static let otherInstruments = NoteLoss(
        "otherInstruments", .dropped, phrase: "of other instruments left out")
    /// Notes after the longest time that a text holds.
    package static let tooLate = NoteLoss(
        "tooLate", .dropped, phrase: "left out after the longest time that a text holds")
    /// Notes that sound beyond it.
    package static let tooLong = NoteLoss(
        "tooLong", .changed, phrase: "ended with the longest time that a text holds")
    /// A duet's violin notes below its lowest string.
    package static let raised = NoteLoss(
        "raised", .changed, phrase: "below the violin's lowest string moved up by octaves")
}
