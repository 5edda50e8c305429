import Score

extension EventFile {
    /// How many ticks make a quarter note, or, in a file timed by SMPTE frames, half a second or a whole
    /// one, of which `tempoMap` then makes the right seconds.
    public var ticksPerQuarter: Int { division.quarter.ticks }

    /// Which tempo holds from which tick on, as the file's score has it: in a file of format 2 that of the
    /// first sequence. Linear in the size of the file.
    public var tempoMap: TempoMap {
        if let tempo = division.quarter.fixedTempo {
            return TempoMap([.init(tick: .zero, microsecondsPerQuarter: tempo)])
        }
        let leading = format == .sequences ? tracks.prefix(1) : tracks[...]
        return TempoMap(
            leading.joined().compactMap { event in
                guard case .meta(let meta) = event.event else { return nil }
                return meta.microsecondsPerQuarter.map {
                    .init(tick: event.tick, microsecondsPerQuarter: $0)
                }
            })
    }
}
