/// What a word of barwise text says.
package enum BarwiseToken: Hashable, Sendable {
    case pieceStart, pieceEnd, bar
    /// An index of the scale's meters.
    case meter(Int)
    /// In steps.
    case cut(Int)
    /// A step of the bar.
    case position(Int)
    case pedalUp, pedalDown
    /// An index of the scale.
    case tempo(Int)
    /// An index of the scale, for an instrument of the ensemble.
    case velocity(Int, instrument: Int)
    case note(cell: Int)
    /// An index of the scale's lengths.
    case length(Int)
}

/// Where the words of each kind begin among the ids.
struct BarwiseLayout: Hashable, Sendable {
    static let bar = 2
    let firstMeter = 3
    let firstCut, firstPosition, pedalUp, pedalDown: Int
    let firstTempo, firstVelocity, firstNote, firstLength, count: Int

    init(_ scale: BarwiseScale, instruments: Int, cells: Int) {
        firstCut = firstMeter + scale.meters.count
        firstPosition = firstCut + scale.longestBar - 1
        pedalUp = firstPosition + scale.longestBar
        pedalDown = pedalUp + 1
        firstTempo = pedalDown + 1
        firstVelocity = firstTempo + TempoScale.count
        firstNote = firstVelocity + instruments * VelocityScale.count
        firstLength = firstNote + cells
        count = firstLength + scale.lengths.count
    }

    /// What `id`, which must be in `0..<count`, means. In constant time.
    func token(_ id: Int) -> BarwiseToken {
        switch id {
        case Vocabulary.pieceStart: .pieceStart
        case Vocabulary.pieceEnd: .pieceEnd
        case Self.bar: .bar
        case ..<firstCut: .meter(id - firstMeter)
        case ..<firstPosition: .cut(id - firstCut + 1)
        case ..<pedalUp: .position(id - firstPosition)
        case pedalUp: .pedalUp
        case pedalDown: .pedalDown
        case ..<firstVelocity: .tempo(id - firstTempo)
        case ..<firstNote:
            .velocity(
                (id - firstVelocity) % VelocityScale.count,
                instrument: (id - firstVelocity) / VelocityScale.count)
        case ..<firstLength: .note(cell: id - firstNote)
        default: .length(id - firstLength)
        }
    }

    func id(_ token: BarwiseToken) -> Int {
        switch token {
        case .pieceStart: Vocabulary.pieceStart
        case .pieceEnd: Vocabulary.pieceEnd
        case .bar: Self.bar
        case .meter(let index): firstMeter + index
        case .cut(let steps): firstCut + steps - 1
        case .position(let step): firstPosition + step
        case .pedalUp: pedalUp
        case .pedalDown: pedalDown
        case .tempo(let index): firstTempo + index
        case .velocity(let index, let instrument):
            firstVelocity + instrument * VelocityScale.count + index
        case .note(let cell): firstNote + cell
        case .length(let index): firstLength + index
        }
    }
}
