/// `actual` notes in the time of `normal` ones, as 3 in the time of 2.
struct Tuplet: Hashable, Sendable {
    let actual: Int
    let normal: Int
    /// The value that is counted, as the eighth of an eighth-note triplet.
    let unit: NoteValue
    let start: Int
    let length: Int

    var end: Int { start + length }
    /// The sum of the printed values.
    var writtenLength: Int { actual * unit.length }

    /// The stretch of `length` from `start`, divided into `actual`; nil where no such tuplet is
    /// written.
    init?(dividing length: Int, from start: Int, into actual: Int) {
        let isDotted = NoteValue(length: length, maximumDots: 0) == nil
        var normal = isDotted ? 3 : 2
        while normal * 2 <= actual { normal *= 2 }
        guard normal != actual, actual < 2 * normal, length % normal == 0, length % actual == 0,
            let unit = NoteValue(length: length / normal, maximumDots: 0)
        else { return nil }
        self.actual = actual
        self.normal = normal
        self.unit = unit
        self.start = start
        self.length = length
    }

    /// Where `time` lies in printed values from the start of the tuplet; nil where no value that is
    /// printed reaches it.
    func written(_ time: Int) -> Int? {
        let (written, rest) = ((time - start) * writtenLength).quotientAndRemainder(
            dividingBy: length)
        return rest == 0 && written % FineTime.shortest == 0 ? written : nil
    }

    /// The time of a place in printed values.
    func time(_ written: Int) -> Int { start + written * length / writtenLength }

    /// The tree by which values inside are written, from zero, in printed values.
    var tree: MetricTree {
        let unit = unit.length
        func flat(_ count: Int, from start: Int) -> MetricTree {
            MetricTree(
                start: start, length: count * unit,
                children: (0..<count).map { .halved(unit, from: start + $0 * unit) },
                isWithinBeat: true)
        }
        guard actual % 3 == 0, actual > 3 else { return flat(actual, from: 0) }
        return MetricTree(
            start: 0, length: writtenLength,
            children: (0..<actual / 3).map { flat(3, from: $0 * 3 * unit) }, isWithinBeat: true)
    }
}
