/// Tells a notewise text's notes as they come: each when it is struck, and again when it ends.
struct NotewiseFollower: MusicFollower {
    private(set) var step: Int
    /// For each cell its note while it sounds, if the followed text struck it.
    private var sounding: [(id: Int, step: Int)?]
    private var count = 0
    private let encoding: NotewiseEncoding
    private let endStep: Int

    init(_ encoding: NotewiseEncoding, after tokens: [Int], endStep: Int) {
        self.encoding = encoding
        self.endStep = endStep
        step = encoding.steps(of: tokens)
        sounding = Array(repeating: nil, count: encoding.grid.cellCount)
    }

    mutating func advance(_ token: Int, report: (FollowedMusic) -> Void) {
        switch encoding.kind(of: token) {
        case .start(let cell):
            guard step < endStep else { return }
            end(cell, at: step, report)
            sounding[cell] = (count, step)
            report(
                .began(
                    encoding.grid.note(
                        count, of: GridStrike(step: step, cell: cell, end: step + 1))))
            count += 1
        case .release(let cell): end(cell, at: min(step + 1, endStep), report)
        case .wait(let steps): step += steps
        case .pieceStart, .pieceEnd: break
        }
    }

    mutating func finish(report: (FollowedMusic) -> Void) {
        for cell in sounding.indices { end(cell, at: endStep, report) }
    }

    private mutating func end(_ cell: Int, at end: Int, _ report: (FollowedMusic) -> Void) {
        guard let note = sounding[cell] else { return }
        sounding[cell] = nil
        let strike = GridStrike(step: note.step, cell: cell, end: max(end, note.step + 1))
        report(.note(encoding.grid.note(note.id, of: strike)))
    }
}

extension NotewiseEncoding {
    package func follower(after tokens: [Int], endStep: Int) -> (any MusicFollower)? {
        NotewiseFollower(self, after: tokens, endStep: endStep)
    }
}
