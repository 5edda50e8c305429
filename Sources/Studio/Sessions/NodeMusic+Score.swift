import Score

extension NodeMusic {
    /// The music of `score` that begins at `start` or later.
    ///
    /// - Parameters:
    ///   - score: of 480 ticks a quarter.
    ///   - parts: for each part of the score its place among the session's; nil to leave it out.
    init(of score: Score, from start: Ticks, parts: [Int?]) {
        for (part, place) in zip(score.parts, parts) {
            guard let place else { continue }
            notes += part.notes.filter { $0.onset >= start }.map { StudioNote($0, part: place) }
            pedals += part.pedals.filter { $0.down >= start }.map {
                StudioPedal(
                    down: Quarters.quarters($0.down), up: Quarters.quarters($0.up), part: place)
            }
        }
        notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        tempos = score.tempoMap.changes.filter { $0.tick >= start }.map {
            StudioTempo(onset: Quarters.quarters($0.tick), tempo: $0.quartersPerMinute)
        }
        meters = score.meterMap.changes.filter { $0.tick >= start }.map {
            StudioMeter(onset: Quarters.quarters($0.tick), meter: $0.meter.description)
        }
    }

    /// The same, so many quarters later.
    func shifted(by quarters: Double) -> NodeMusic {
        var music = self
        for index in music.notes.indices { music.notes[index].onset += quarters }
        for index in music.pedals.indices {
            music.pedals[index].down += quarters
            music.pedals[index].up += quarters
        }
        for index in music.tempos.indices { music.tempos[index].onset += quarters }
        for index in music.meters.indices { music.meters[index].onset += quarters }
        return music
    }
}

extension TempoMap.Change {
    /// To a thousandth.
    var quartersPerMinute: Double {
        (60e9 / Double(microsecondsPerQuarter)).rounded() / 1_000
    }
}
