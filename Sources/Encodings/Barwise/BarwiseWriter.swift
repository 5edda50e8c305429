/// Writes barwise text.
struct BarwiseWriter {
    private(set) var tokens: [Int]
    private(set) var place: BarwisePlace
    private let encoding: BarwiseEncoding

    /// Continues what `tokens` tell.
    init(_ encoding: BarwiseEncoding, after tokens: [Int] = []) {
        self.encoding = encoding
        self.tokens = tokens
        place = encoding.place(after: tokens)
    }

    /// The canonical text of music.
    init(_ encoding: BarwiseEncoding, _ music: BarwiseMusic) {
        self.init(encoding)
        let events = music.events
        var next = 0
        for bar in music.bars where next < events.count || bar.start <= music.end {
            begin(bar)
            while next < events.count, events[next].step < bar.start + bar.length {
                let position = events[next].step - bar.start
                if position != place.position { append(.position(position)) }
                write(events[next].event)
                next += 1
            }
        }
        rest(toStep: music.end)
    }

    private mutating func begin(_ bar: BarwiseMusic.Bar) {
        append(.bar)
        if bar.meter != place.meter { append(.meter(bar.meter)) }
        if bar.length < place.barLength { append(.cut(bar.length)) }
    }

    private mutating func write(_ event: BarwiseMusic.Event) {
        switch event {
        case .pedalUp: append(.pedalUp)
        case .pedalDown: append(.pedalDown)
        case .tempo(let index): append(.tempo(index))
        case .note(let strike):
            let velocity = VelocityScale.index(strike.velocity)
            let instrument = encoding.grid.instrumentIndex(ofCell: strike.cell)
            if velocity != place.velocities[instrument] {
                append(.velocity(velocity, instrument: instrument))
            }
            append(.note(cell: strike.cell))
            append(.length(encoding.scale.longestLength(within: strike.end - strike.step)))
        }
    }

    /// Lets time pass until `step`, or for as long as a text can, in bars of the present meter, 4/4 without one.
    mutating func rest(toStep step: Int) {
        let step = min(step, NoteGrid.mostSteps)
        while place.step < step {
            if place.barStart < 0 { append(.bar) }
            if place.meter < 0 { append(.meter(encoding.scale.commonTime)) }
            if step < place.barStart + place.barLength {
                append(.position(step - place.barStart))
            } else {
                append(.bar)
            }
        }
    }

    private mutating func append(_ token: BarwiseToken) {
        tokens.append(encoding.layout.id(token))
        place.advance(token, encoding)
    }
}
