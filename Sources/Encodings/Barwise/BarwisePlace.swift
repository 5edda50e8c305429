import Score

/// Where a barwise text stands: in which bar, at which of its steps, and what may still come there.
struct BarwisePlace: Hashable, Sendable {
    /// What may stand at a position, in this order.
    enum Rank: Int, Comparable {
        case nothing, pedalUp, pedalDown, tempo, notes
        static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
    }

    /// What was just begun and needs a word more.
    enum Pending: Hashable {
        case nothing
        /// A bar that may still be given its meter, and its length.
        case bar, meter
        /// Louder or softer: a note of this instrument follows.
        case velocity(instrument: Int)
        /// A note of this cell: its length follows.
        case note(Int)
    }

    /// The step where the bar begins; −1 before the first.
    private(set) var barStart = -1
    /// In steps.
    private(set) var barLength = 0
    /// An index of the scale's meters; −1 before the first.
    private(set) var meter = -1
    /// The step of the bar; −1 before its first position.
    private(set) var position = -1
    private(set) var rank = Rank.nothing
    /// The cell of the latest note here, −1 without one.
    private(set) var latestCell = -1
    private(set) var pending = Pending.nothing
    /// An index of the scale; −1 until set.
    private(set) var tempo = -1
    /// Of each instrument of the ensemble, an index of the scale; −1 until set.
    private(set) var velocities: [Int]
    private(set) var isPedalDown = false

    init(_ encoding: BarwiseEncoding) {
        velocities = Array(repeating: -1, count: encoding.ensemble.instruments.count)
    }

    /// The steps that have passed.
    var step: Int { max(0, barStart) + max(0, position) }

    /// How loud a note of this cell is, once its instrument has a velocity.
    func velocity(of cell: Int, _ encoding: BarwiseEncoding) -> Velocity {
        VelocityScale.velocity(velocities[encoding.grid.instrumentIndex(ofCell: cell)])
    }

    /// Whether the word means anything here. Only such words change the place; one that leaves another
    /// unfinished, as a note without a length, ends it.
    func takes(_ token: BarwiseToken, _ encoding: BarwiseEncoding) -> Bool {
        switch token {
        case .pieceStart: false
        case .pieceEnd: true
        case .bar: (pending != .bar || meter >= 0) && barStart < NoteGrid.mostSteps
        case .meter(let index): pending == .bar && index != meter
        case .cut(let steps):
            (pending == .bar || pending == .meter) && meter >= 0 && steps < barLength
        case .position(let step):
            meter >= 0 && barStart >= 0 && step > position && step < barLength
        case .pedalUp: isAtPosition && rank < .pedalUp && isPedalDown
        case .pedalDown: isAtPosition && rank < .pedalDown && !isPedalDown
        case .tempo(let index):
            isAtPosition && rank < .tempo && position % encoding.scale.quarter == 0
                && index != tempo
        case .velocity(let index, let instrument):
            isAtPosition && pending == .nothing && index != velocities[instrument]
        case .note(let cell):
            isAtPosition && cell > latestCell
                && velocities[encoding.grid.instrumentIndex(ofCell: cell)] >= 0
                && (pending == .nothing
                    || pending == .velocity(instrument: encoding.grid.instrumentIndex(ofCell: cell)))
        case .length: if case .note = pending { true } else { false }
        }
    }

    private var isAtPosition: Bool {
        switch pending {
        case .nothing, .velocity: position >= 0
        case .bar, .meter, .note: false
        }
    }

    /// Takes in a word; one that has no place here changes nothing.
    mutating func advance(_ token: BarwiseToken, _ encoding: BarwiseEncoding) {
        guard takes(token, encoding) else { return }
        switch token {
        case .pieceStart, .pieceEnd: break
        case .bar: beginBar(encoding.scale)
        case .meter(let index):
            meter = index
            barLength = encoding.scale.steps(of: encoding.scale.meters[index])
            pending = .meter
        case .cut(let steps):
            barLength = steps
            pending = .nothing
        case .position(let step):
            position = step
            rank = .nothing
            latestCell = -1
            pending = .nothing
        case .pedalUp: (isPedalDown, rank) = (false, .pedalUp)
        case .pedalDown: (isPedalDown, rank) = (true, .pedalDown)
        case .tempo(let index): (tempo, rank) = (index, .tempo)
        case .velocity(let index, let instrument):
            velocities[instrument] = index
            (rank, pending) = (.notes, .velocity(instrument: instrument))
        case .note(let cell): (latestCell, rank, pending) = (cell, .notes, .note(cell))
        case .length: pending = .nothing
        }
    }

    private mutating func beginBar(_ scale: BarwiseScale) {
        barStart = barStart < 0 ? 0 : barStart + barLength
        barLength = meter < 0 ? 0 : scale.steps(of: scale.meters[meter])
        position = -1
        rank = .nothing
        latestCell = -1
        pending = .bar
    }
}
