extension Score {
    /// The music from `start` on, moved to begin at zero, with the tempo, the meter and the key that
    /// hold there. Notes that begin earlier are left out; parts stay even where no note remains.
    public func suffix(from start: Ticks) -> Score {
        let tempo = tempoMap.change(at: start)
        let meter = meterMap.change(at: start)
        let key = keyMap.key(at: start).map { [KeyMap.Change(tick: .zero, key: $0)] } ?? []
        return Score(
            ticksPerQuarter: ticksPerQuarter,
            tempoMap: TempoMap(
                [.init(tick: .zero, microsecondsPerQuarter: tempo.microsecondsPerQuarter)]
                    + tempoMap.changes.filter { $0.tick > start }.map {
                        .init(
                            tick: $0.tick - start,
                            microsecondsPerQuarter: $0.microsecondsPerQuarter)
                    }),
            meterMap: MeterMap(
                [.init(tick: .zero, meter: meter.meter)]
                    + meterMap.changes.filter { $0.tick > start }.map {
                        .init(tick: $0.tick - start, meter: $0.meter)
                    }),
            keyMap: KeyMap(
                key
                    + keyMap.changes.filter { $0.tick > start }.map {
                        .init(tick: $0.tick - start, key: $0.key)
                    }),
            parts: parts.map { part in
                Part(
                    name: part.name, program: part.program, isDrums: part.isDrums,
                    notes: part.notes.filter { $0.onset >= start }.map {
                        Note(
                            pitch: $0.pitch, onset: $0.onset - start, duration: $0.duration,
                            velocity: $0.velocity)
                    },
                    pedals: part.pedals.filter { $0.up > start }.map {
                        Pedal(down: max($0.down, start) - start, up: $0.up - start)
                    })
            }, texts: texts)
    }

    /// The notes that begin in `range`, released at its end at the latest, moved to begin at zero; with
    /// what `suffix(from:)` keeps.
    package func excerpt(_ range: Range<Ticks>) -> Score {
        var score = suffix(from: range.lowerBound)
        score.parts = score.parts.map { $0.notes(before: range.upperBound - range.lowerBound) }
        return score
    }
}

extension Part {
    /// The notes that begin before `end`, released there at the latest; without pedals.
    package func notes(before end: Ticks) -> Part {
        Part(
            name: name, program: program, isDrums: isDrums,
            notes: notes.filter { $0.onset < end }.map {
                Note(
                    pitch: $0.pitch, onset: $0.onset, duration: min($0.end, end) - $0.onset,
                    velocity: $0.velocity)
            })
    }
}
