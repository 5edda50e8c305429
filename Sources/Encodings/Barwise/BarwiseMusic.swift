import Score

/// Music in bars of steps, as barwise text tells it.
struct BarwiseMusic: Hashable, Sendable {
    struct Bar: Hashable {
        let start: Int
        /// In steps; shorter than the meter's where the bar is cut.
        var length: Int
        /// An index of the scale's meters.
        let meter: Int
    }

    struct Press: Hashable {
        var down: Int
        /// After `down`.
        var up: Int
    }

    struct TempoChange: Hashable {
        let step: Int
        /// An index of the scale.
        let tempo: Int
    }

    /// One after the other, the first at step 0.
    var bars: [Bar] = []
    /// In order of step, then of cell; their lengths are the scale's.
    var strikes: [GridStrike] = []
    /// In order, on quarters of bars.
    var tempos: [TempoChange] = []
    /// In order.
    var presses: [Press] = []
    /// The step that the text goes to after its last event; −1 for no farther.
    var end = -1
}

extension BarwiseMusic {
    /// What stands at a position.
    enum Event: Hashable {
        case pedalUp, pedalDown
        case tempo(Int)
        case note(GridStrike)

        /// Its place among those of a step; notes ascend by cell.
        fileprivate var rank: Int {
            switch self {
            case .pedalUp: -3
            case .pedalDown: -2
            case .tempo: -1
            case .note(let strike): strike.cell
            }
        }
    }

    /// All events in the order of their text.
    var events: [(step: Int, event: Event)] {
        let all: [(step: Int, event: Event)] =
            presses.flatMap { [($0.down, .pedalDown), ($0.up, .pedalUp)] }
            + tempos.map { ($0.step, .tempo($0.tempo)) } + strikes.map { ($0.step, .note($0)) }
        return all.sorted { ($0.step, $0.event.rank) < ($1.step, $1.event.rank) }
    }
}
