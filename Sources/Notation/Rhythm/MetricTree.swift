import Score

/// A bar, or a stretch of it, and the equal or unequal stretches a musician hears in it: 4/4 is two
/// halves of two quarters, 6/8 two dotted quarters of three eighths.
struct MetricTree: Hashable, Sendable {
    let start: Int
    let length: Int
    /// None where the stretch is only ever halved.
    let children: [MetricTree]
    /// Whether this is a beat or part of one.
    let isWithinBeat: Bool

    var end: Int { start + length }

    init(start: Int, length: Int, children: [MetricTree], isWithinBeat: Bool) {
        self.start = start
        self.length = length
        self.children = children
        self.isWithinBeat = isWithinBeat
    }

    /// The tree of a whole bar that begins at zero.
    init(_ meter: Meter) {
        let unit = FineTime.whole / meter.denominator
        let isTernary = Self.isCompound(meter) || meter.numerator == 3 && meter.denominator >= 8
        let beat = isTernary ? 3 * unit : unit
        self = Self.groups(
            meter.numerator * unit / beat, of: beat, from: 0, isTernary: isTernary)
    }

    /// Whether the beat is three of the meter's own values, as in 6/8.
    static func isCompound(_ meter: Meter) -> Bool {
        meter.numerator > 3 && meter.numerator % 3 == 0 && meter.denominator >= 4
    }

    /// `count` beats as a musician groups them.
    private static func groups(
        _ count: Int, of beat: Int, from start: Int, isTernary: Bool
    ) -> MetricTree {
        if count == 1 { return self.beat(beat, from: start, isTernary: isTernary) }
        let sizes =
            switch count {
            case 2: [1, 1]
            case 3: [1, 1, 1]
            case 4: [2, 2]
            case 5: [3, 2]
            case 6: [3, 3]
            case 7: [2, 2, 3]
            case 8: [4, 4]
            default:
                Array(repeating: 4, count: count / 4) + (count % 4 > 0 ? [count % 4] : [])
            }
        var children: [MetricTree] = []
        var at = start
        for size in sizes {
            children.append(groups(size, of: beat, from: at, isTernary: isTernary))
            at += size * beat
        }
        return MetricTree(
            start: start, length: count * beat, children: children, isWithinBeat: false)
    }

    private static func beat(_ length: Int, from start: Int, isTernary: Bool) -> MetricTree {
        guard isTernary else { return halved(length, from: start) }
        let third = length / 3
        return MetricTree(
            start: start, length: length,
            children: (0..<3).map { halved(third, from: start + $0 * third) }, isWithinBeat: true)
    }

    /// A stretch that is only halved.
    static func halved(_ length: Int, from start: Int) -> MetricTree {
        MetricTree(start: start, length: length, children: [], isWithinBeat: true)
    }

    /// The children, or the halves; empty where a half would fall between 128ths.
    var parts: [MetricTree] {
        if !children.isEmpty { return children }
        let half = length / 2
        guard half > 0, length % 2 == 0, half % FineTime.shortest == 0 else { return [] }
        return [Self.halved(half, from: start), Self.halved(half, from: start + half)]
    }

    /// The stretches that are beats, in order.
    var beats: [MetricTree] {
        isWithinBeat ? [self] : children.flatMap(\.beats)
    }
}
