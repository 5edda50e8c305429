/// Reads barwise text.
struct BarwiseReader {
    private(set) var music = BarwiseMusic()
    private(set) var report = DecodingReport()
    private var place: BarwisePlace
    private let encoding: BarwiseEncoding

    init(_ tokens: [Int], _ encoding: BarwiseEncoding) {
        self.encoding = encoding
        place = BarwisePlace(encoding)
        for token in tokens { read(encoding.layout.token(token)) }
        if case .note = place.pending { report.add(.lengthless) }
        music.end = place.step
        if let last = music.presses.last, last.up < 0 {
            let end = max(music.strikes.last?.end ?? 0, place.step, last.down + 1)
            music.presses[music.presses.count - 1].up = end
        }
    }

    private mutating func read(_ token: BarwiseToken) {
        guard place.takes(token, encoding) else {
            if token != .pieceStart { report.add(.misplaced) }
            return
        }
        let before = place
        place.advance(token, encoding)
        switch (before.pending, token) {
        case (.note, .length): break
        case (.note, .pieceEnd): break
        case (.note, _): report.add(.lengthless)
        default: break
        }
        keep(token, before: before)
    }

    private mutating func keep(_ token: BarwiseToken, before: BarwisePlace) {
        switch token {
        case .bar:
            music.bars.append(
                .init(start: place.barStart, length: place.barLength, meter: place.meter))
        case .meter, .cut:
            music.bars[music.bars.count - 1] = .init(
                start: place.barStart, length: place.barLength, meter: place.meter)
        case .pedalDown: music.presses.append(.init(down: place.step, up: -1))
        case .pedalUp: music.presses[music.presses.count - 1].up = place.step
        case .tempo(let index): music.tempos.append(.init(step: place.step, tempo: index))
        case .length(let index):
            guard case .note(let cell) = before.pending else { return }
            music.strikes.append(
                GridStrike(
                    step: place.step, cell: cell, end: place.step + encoding.scale.lengths[index],
                    velocity: place.velocity(of: cell, encoding)))
        case .pieceStart, .pieceEnd, .position, .velocity, .note: break
        }
    }
}

extension TextRepair {
    /// Words where they mean nothing.
    package static let misplaced = TextRepair(
        "misplaced", "word", phrase: "without meaning in its place ignored")
    /// Notes that are not followed by their length.
    package static let lengthless = TextRepair(
        "lengthless", "note", phrase: "without a length left out")
}
