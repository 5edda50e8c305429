extension Score {
    /// The same music at `factor` times the resolution: every tick is multiplied, nothing rounded.
    ///
    /// - Parameter factor: at least 1; the product must stay within 32,767.
    public func resolution(times factor: Int) -> Score {
        precondition(factor >= 1, "a resolution is multiplied by 1 at least")
        func scaled(_ ticks: Ticks) -> Ticks { Ticks(ticks.count * factor) }
        return Score(
            ticksPerQuarter: ticksPerQuarter * factor,
            tempoMap: TempoMap(
                tempoMap.changes.map {
                    .init(
                        tick: scaled($0.tick), microsecondsPerQuarter: $0.microsecondsPerQuarter)
                }),
            meterMap: MeterMap(
                meterMap.changes.map { .init(tick: scaled($0.tick), meter: $0.meter) }),
            keyMap: KeyMap(keyMap.changes.map { .init(tick: scaled($0.tick), key: $0.key) }),
            parts: parts.map { part in
                Part(
                    name: part.name, program: part.program, isDrums: part.isDrums,
                    notes: part.notes.map {
                        Note(
                            pitch: $0.pitch, onset: scaled($0.onset),
                            duration: scaled($0.duration), velocity: $0.velocity)
                    },
                    pedals: part.pedals.map { Pedal(down: scaled($0.down), up: scaled($0.up)) })
            }, texts: texts)
    }

    /// The same music at the lowest multiple of its resolution that `steps` divides, so that notes
    /// on a grid of `steps` a quarter fall on whole ticks; as it is where that exceeds 32,767.
    package func resolution(divisibleBy steps: Int) -> Score {
        let factor = (1...steps).first { ticksPerQuarter * $0 % steps == 0 } ?? 1
        return ticksPerQuarter * factor <= 32_767 ? resolution(times: factor) : self
    }
}
