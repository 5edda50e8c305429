extension BarwiseEncoding {
    package func noteCount(of tokens: [Int]) -> Int {
        let notes = layout.firstNote..<layout.firstLength
        return tokens.count { notes.contains($0) }
    }

    /// The step that `tokens` stand at; notes may sound beyond it.
    package func steps(of tokens: [Int]) -> Int { place(after: tokens).step }

    /// Where a text stands after `tokens`.
    func place(after tokens: some Sequence<Int>) -> BarwisePlace {
        var place = BarwisePlace(self)
        for token in tokens { place.advance(layout.token(token), self) }
        return place
    }

    /// Adds bars, and a position, until `tokens` stand at `step`.
    package func extend(_ tokens: inout [Int], toStep step: Int) {
        var writer = BarwiseWriter(self, after: tokens)
        writer.rest(toStep: step)
        tokens = writer.tokens
    }

    /// Ends the music at `step`: what is struck there or later is dropped, and what sounds there ends,
    /// a little early where its length has no word.
    package func close(_ tokens: inout [Int], atStep step: Int) {
        var music = BarwiseReader(tokens, self).music
        music.bars.removeAll { $0.start > step }
        music.strikes.removeAll { $0.step >= step }
        music.tempos.removeAll { $0.step >= step }
        music.presses.removeAll { $0.down >= step }
        for index in music.strikes.indices {
            music.strikes[index].end = min(music.strikes[index].end, step)
        }
        for index in music.presses.indices {
            music.presses[index].up = min(music.presses[index].up, step)
        }
        music.end = step
        tokens = BarwiseWriter(self, music).tokens
    }

    /// The bars of about the last `limit` tokens, with the meter, the tempo, the velocity and the pedal
    /// that hold there. All tokens where there are no more, or where they are all one bar.
    package func recent(_ tokens: [Int], limit: Int) -> [Int] {
        guard tokens.count > limit,
            let first = tokens.dropLast(limit).lastIndex(of: BarwiseLayout.bar)
        else { return tokens }
        let before = place(after: tokens[..<first])
        guard before.barStart >= 0 else { return tokens }
        var music = BarwiseReader(tokens, self).music
        let start = before.barStart + before.barLength
        music.keep(from: start, tempo: before.tempo)
        return BarwiseWriter(self, music).tokens
    }

    package func transpose(_ tokens: [Int], by semitones: Int) -> [Int] {
        var music = BarwiseReader(tokens, self).music
        music.strikes = music.strikes.compactMap { strike in
            grid.cell(strike.cell, transposedBy: semitones).map { cell in
                var strike = strike
                strike.cell = cell
                return strike
            }
        }
        return BarwiseWriter(self, music).tokens
    }
}

extension BarwiseMusic {
    /// Leaves out the bars before `start`, a bar line, and begins there.
    fileprivate mutating func keep(from start: Int, tempo: Int) {
        bars = bars.filter { $0.start >= start }.map {
            Bar(start: $0.start - start, length: $0.length, meter: $0.meter)
        }
        strikes = strikes.filter { $0.step >= start }.map {
            GridStrike(
                step: $0.step - start, cell: $0.cell, end: $0.end - start, velocity: $0.velocity)
        }
        presses = presses.filter { $0.up > start }.map {
            Press(down: max(0, $0.down - start), up: $0.up - start)
        }
        var later = tempos.filter { $0.step >= start }.map {
            TempoChange(step: $0.step - start, tempo: $0.tempo)
        }
        if tempo >= 0, later.first?.step != 0 { later.insert(.init(step: 0, tempo: tempo), at: 0) }
        tempos = later
        end -= start
    }
}
