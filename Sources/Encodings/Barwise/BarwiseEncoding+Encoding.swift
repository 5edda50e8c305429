import Score

extension BarwiseEncoding: MusicEncoding {
    package var neverHeld: [MusicAspect] { [.key, .parts, .timing] }

    /// The canonical text of a score, without "<start>" and "<end>", and what was left out.
    ///
    /// Onsets go down to the grid, lengths to the nearest of the scale that ends before the key is
    /// struck again. The tempo of each quarter of a bar is the mean of what is played in it. A meter
    /// that has no word becomes 4/4, and is reported by its notes.
    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        let (music, report) = music(of: score)
        return (music.strikes.isEmpty ? [] : BarwiseWriter(self, music).tokens, report)
    }

    /// The music that the text of a score tells.
    ///
    /// - Parameter end: the step that its bars and tempos go to; nil for where its last event is.
    func music(
        of score: Score, toStep end: Int? = nil
    ) -> (music: BarwiseMusic, report: EncodingReport) {
        var report = EncodingReport(neverHeld: neverHeld)
        let strikes = rounded(grid.strikes(of: score, report: &report), report: &report)
        let presses = self.presses(of: score)
        let last = strikes.last?.step ?? 0
        let bars = self.bars(
            of: score, to: end ?? max(last, presses.last?.up ?? 0), report: &report)
        let music = BarwiseMusic(
            bars: bars, strikes: strikes, tempos: tempos(of: score, in: bars, to: end ?? last),
            presses: presses, end: end ?? -1)
        return (music, report)
    }

    /// A meter that has no word becomes 4/4.
    package func opening(_ meter: Meter, microsecondsPerQuarter tempo: Int?) -> [Int] {
        let index = scale.meters.firstIndex(of: meter) ?? scale.commonTime
        var words: [BarwiseToken] = [.bar, .meter(index)]
        if let tempo {
            let index = TempoScale.index(microsecondsPerQuarter: Double(tempo))
            words += [.position(0), .tempo(index)]
        }
        return words.map(layout.id)
    }

    /// Lengths that have words.
    private func rounded(_ strikes: [GridStrike], report: inout EncodingReport) -> [GridStrike] {
        var strikes = strikes
        var next = [Int](repeating: .max, count: grid.cellCount)
        for index in strikes.indices.reversed() {
            let strike = strikes[index]
            let length = strike.end - strike.step
            var rounded = scale.lengths[scale.nearestLength(length)]
            let room = next[strike.cell] - strike.step
            if rounded > room { rounded = scale.lengths[scale.longestLength(within: room)] }
            if rounded != length { report.add(.roundedLength) }
            strikes[index].end = strike.step + rounded
            next[strike.cell] = strike.step
        }
        return strikes
    }

    private func step(_ tick: Ticks, in score: Score) -> Int {
        min(step(atTick: tick, ticksPerQuarter: score.ticksPerQuarter), NoteGrid.mostSteps - 1)
    }

    /// The bars up to the one that holds `end`.
    private func bars(
        of score: Score, to end: Int, report: inout EncodingReport
    ) -> [BarwiseMusic.Bar] {
        var bars: [BarwiseMusic.Bar] = []
        let changes = score.meterMap.changes
        for (index, change) in changes.enumerated() {
            let known = scale.meters.firstIndex(of: change.meter)
            let meter = known ?? scale.commonTime
            let length = scale.steps(of: scale.meters[meter])
            var start = step(change.tick, in: score)
            let limit =
                index + 1 < changes.count ? step(changes[index + 1].tick, in: score) : Int.max
            if known == nil, start <= end { report.add(.unknownMeter) }
            while start < limit, start <= end {
                bars.append(.init(start: start, length: min(length, limit - start), meter: meter))
                start += length
            }
        }
        return bars
    }

    /// The tempo of every quarter of a bar, where it is another than before.
    private func tempos(
        of score: Score, in bars: [BarwiseMusic.Bar], to end: Int
    ) -> [BarwiseMusic.TempoChange] {
        var changes: [BarwiseMusic.TempoChange] = []
        func seconds(_ step: Int) -> Double {
            score.seconds(at: tick(atStep: step, ticksPerQuarter: score.ticksPerQuarter))
        }
        for bar in bars {
            var step = bar.start
            while step < bar.start + bar.length, step <= end {
                let length = min(scale.quarter, bar.start + bar.length - step)
                let passed = seconds(step + length) - seconds(step)
                let tempo = TempoScale.index(
                    microsecondsPerQuarter: passed * 1e6 * Double(scale.quarter) / Double(length))
                if changes.last?.tempo != tempo {
                    changes.append(.init(step: step, tempo: tempo))
                }
                step += scale.quarter
            }
        }
        return changes
    }

    /// When any of the instruments' pedals is down.
    private func presses(of score: Score) -> [BarwiseMusic.Press] {
        let parts = score.parts.filter {
            !$0.isDrums && grid.ensemble.instrument(ofProgram: $0.program) != nil
        }
        let all = parts.flatMap(\.pedals).map {
            BarwiseMusic.Press(down: step($0.down, in: score), up: step($0.up, in: score))
        }
        var presses: [BarwiseMusic.Press] = []
        for press in all.sorted(by: { ($0.down, $0.up) < ($1.down, $1.up) })
        where press.up > press.down {
            if let last = presses.last, press.down < last.up {
                presses[presses.count - 1].up = max(last.up, press.up)
            } else {
                presses.append(press)
            }
        }
        return presses
    }
}

extension NoteLoss {
    /// Lengths that have no word of their own.
    package static let roundedLength = NoteLoss(
        "roundedLength", .changed, phrase: "rounded to a length that has a word")
    /// Counted once for each change of meter.
    package static let unknownMeter = NoteLoss(
        "unknownMeter", .changed, phrase: "from which on a meter without a word is taken as 4/4")
}
