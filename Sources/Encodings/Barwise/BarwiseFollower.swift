/// Tells a barwise text's notes as they come: each has its length at once.
struct BarwiseFollower: MusicFollower {
    private var place: BarwisePlace
    private var count = 0
    private let encoding: BarwiseEncoding
    private let endStep: Int

    init(_ encoding: BarwiseEncoding, after tokens: [Int], endStep: Int) {
        self.encoding = encoding
        self.endStep = endStep
        place = encoding.place(after: tokens)
    }

    var step: Int { place.step }

    mutating func advance(_ token: Int, report: (FollowedMusic) -> Void) {
        let token = encoding.layout.token(token)
        let before = place.pending
        place.advance(token, encoding)
        guard place.step < endStep else { return }
        switch (before, token) {
        case (.note(let cell), .length(let index)):
            // As `close` cuts: to a length that there is a word for.
            let room = min(encoding.scale.lengths[index], endStep - place.step)
            let length = encoding.scale.lengths[encoding.scale.longestLength(within: room)]
            let strike = GridStrike(
                step: place.step, cell: cell, end: place.step + length,
                velocity: place.velocity(of: cell, encoding))
            report(.note(encoding.grid.note(count, of: strike)))
            count += 1
        case (_, .tempo(let index)):
            report(
                .tempo(
                    step: place.step,
                    microsecondsPerQuarter: TempoScale.microsecondsPerQuarter(index)))
        default: break
        }
    }

    mutating func finish(report: (FollowedMusic) -> Void) {}
}

extension BarwiseEncoding {
    package func follower(after tokens: [Int], endStep: Int) -> (any MusicFollower)? {
        BarwiseFollower(self, after: tokens, endStep: endStep)
    }
}
