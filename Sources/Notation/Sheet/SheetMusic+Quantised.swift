import Score

extension SheetMusic {
    /// The notes at the times and for the lengths that are printed, with tempo, meters and keys, at
    /// a resolution that is whole for every tuplet.
    package var quantised: Score {
        // 30,030 ticks a quarter hold tuplets of 3, 5, 7, 11 and 13 of eighths; a 128th and a ninth
        // are rounded to a 30,000th of a quarter.
        let scale = 48
        func ticks(_ fine: Int) -> Ticks { Ticks((fine + scale / 2) / scale) }
        var meters: [MeterMap.Change] = []
        for (index, bar) in bars.enumerated() where index == 0 || bars[index - 1].meter != bar.meter
        {
            meters.append(.init(tick: ticks(bar.start), meter: bar.meter))
        }
        return Score(
            ticksPerQuarter: FineTime.quarter / scale,
            tempoMap: TempoMap(
                tempos.map { mark in
                    let length = (60e6 / mark.quartersPerMinute).rounded()
                    return .init(
                        tick: ticks(mark.time),
                        microsecondsPerQuarter: Int(min(max(length, 1), 0xFF_FFFF)))
                }),
            meterMap: MeterMap(meters), keyMap: KeyMap([.init(tick: .zero, key: bars[0].key)]),
            parts: parts.map { part in
                Part(
                    name: part.name, program: part.program,
                    notes: part.notes.map { note in
                        let onset = ticks(note.start)
                        return Note(
                            pitch: note.pitch, onset: onset, duration: ticks(note.end) - onset)
                    })
            })
    }
}
