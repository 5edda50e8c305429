import Score

extension BarwiseEncoding {
    /// The music that `tokens` tell, with meter, tempo, velocity and pedal; `rule` is not needed, for
    /// every note has its length.
    ///
    /// Any sequence of ids of the vocabulary has a meaning: words where they mean nothing are ignored.
    /// Of two notes of a cell that overlap the former ends early. A duet's pedal is the piano's.
    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        let reader = BarwiseReader(tokens, self)
        let music = reader.music
        func tick(_ step: Int) -> Ticks {
            self.tick(atStep: step, ticksPerQuarter: ticksPerQuarter)
        }
        var score = grid.score(
            of: withoutOverlaps(music.strikes), ticksPerQuarter: ticksPerQuarter)
        score.meterMap = MeterMap(changes(of: music.bars).map { .init(tick: tick($0), meter: $1) })
        score.tempoMap = TempoMap(
            music.tempos.map {
                .init(
                    tick: tick($0.step),
                    microsecondsPerQuarter: TempoScale.microsecondsPerQuarter($0.tempo))
            })
        if let piano = score.parts.lastIndex(where: { $0.program == 0 }) {
            let part = score.parts[piano]
            score.parts[piano] = Part(
                name: part.name, program: part.program, notes: part.notes,
                pedals: music.presses.map { Pedal(down: tick($0.down), up: tick($0.up)) })
        }
        return (score, reader.report)
    }

    /// Where a bar line stands that the meter before it does not make.
    private func changes(of bars: [BarwiseMusic.Bar]) -> [(step: Int, meter: Meter)] {
        var changes: [(step: Int, meter: Meter)] = []
        var former: BarwiseMusic.Bar?
        for bar in bars where bar.meter >= 0 && bar.length > 0 {
            let meter = scale.meters[bar.meter]
            let isWhole = former.map { $0.length == scale.steps(of: scale.meters[$0.meter]) }
            if former?.meter != bar.meter || isWhole == false {
                changes.append((bar.start, meter))
            }
            former = bar
        }
        return changes
    }

    private func withoutOverlaps(_ strikes: [GridStrike]) -> [GridStrike] {
        var strikes = strikes
        var next = [Int](repeating: .max, count: grid.cellCount)
        for index in strikes.indices.reversed() {
            let strike = strikes[index]
            if strike.end > next[strike.cell] {
                let room = next[strike.cell] - strike.step
                strikes[index].end = strike.step + scale.lengths[scale.longestLength(within: room)]
            }
            next[strike.cell] = strike.step
        }
        return strikes
    }
}
