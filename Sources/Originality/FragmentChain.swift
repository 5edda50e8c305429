/// Fragments of one source, one after the other on both sides, with little between them: a passage
/// that was copied with small changes.
///
/// From a fragment on, in both directions, the nearest place is looked for where both sides go on
/// alike; a chord that is changed, left out or put in leaves such a place a few chords further on. Of
/// all these the stretch counts that has the most shared notes, each changed chord costing
/// `changeCost` of them.
struct FragmentChain {
    /// In order; the first one given is not always among them.
    private(set) var fragments: [Fragment]

    /// So many shared notes a changed chord costs.
    private static let changeCost = 4
    /// Prints that either side may leave out at once: a chord that is changed breaks three.
    private static let reach = 12

    /// What either side leaves out, the least first.
    private static let leaps: [(query: Int, source: Int)] = (0...reach).flatMap { query in
        (0...reach).map { (query, $0) }
    }.filter { $0 != (0, 0) }.sorted { cost($0) < cost($1) }

    /// Prints that have to be alike for going on, more where one side leaves out more than the other.
    private static func resumption(after leap: (query: Int, source: Int)) -> Int {
        leap.query == leap.source ? 1 : 2
    }

    private static func cost(_ leap: (query: Int, source: Int)) -> (Int, Int) {
        (max(leap.query, leap.source) + abs(leap.query - leap.source), leap.query)
    }

    init(
        around fragment: Fragment, of sequence: ChordSequence, _ query: [UInt16],
        in table: PassageTable
    ) {
        let piece = table.piece(at: fragment.source)
        let bounds = table.starts[piece]..<table.starts[piece + 1]
        fragments = [fragment]
        query.withUnsafeBufferPointer { query in
            table.prints.withUnsafeBufferPointer { prints in
                let sides = Sides(query: query, prints: prints, bounds: bounds)
                while let next = sides.fragment(after: fragments[fragments.count - 1]) {
                    fragments.append(next)
                }
                var before: [Fragment] = []
                while let next = sides.fragment(before: before.last ?? fragment) {
                    before.append(next)
                }
                fragments = before.reversed() + fragments
            }
        }
        keepBest(of: sequence)
    }

    /// Both rows of prints.
    private struct Sides {
        let query, prints: UnsafeBufferPointer<UInt16>
        let bounds: Range<Int>

        private func isAlike(_ place: Int, _ source: Int) -> Bool {
            query.indices.contains(place) && bounds.contains(source)
                && query[place] >> 4 == prints[source] >> 4
        }

        func fragment(after last: Fragment) -> Fragment? {
            for leap in leaps {
                let place = last.query.upperBound + leap.query
                let source = last.sources.upperBound + leap.source
                let needed = resumption(after: leap)
                guard (0..<needed).allSatisfy({ isAlike(place + $0, source + $0) }) else {
                    continue
                }
                var count = needed
                while isAlike(place + count, source + count) { count += 1 }
                return Fragment(query: place..<place + count, source: source)
            }
            return nil
        }

        func fragment(before first: Fragment) -> Fragment? {
            for leap in leaps {
                let place = first.query.lowerBound - 1 - leap.query
                let source = first.source - 1 - leap.source
                let needed = resumption(after: leap)
                guard (0..<needed).allSatisfy({ isAlike(place - $0, source - $0) }) else {
                    continue
                }
                var count = needed
                while isAlike(place - count, source - count) { count += 1 }
                return Fragment(query: place - count + 1..<place + 1, source: source - count + 1)
            }
            return nil
        }
    }

    /// Leaves the stretch of fragments that is worth the most.
    private mutating func keepBest(of sequence: ChordSequence) {
        var (best, kept) = (0, 0..<0)
        var (worth, start) = (0, 0)
        for index in fragments.indices {
            if index > start {
                worth -= Self.changeCost * changes(before: index)
                if worth <= 0 { (worth, start) = (0, index) }
            }
            worth += sequence.notes(in: fragments[index].chords)
            if worth > best { (best, kept) = (worth, start..<index + 1) }
        }
        fragments = Array(fragments[kept])
    }

    /// The chords that are changed, left out or put in between a fragment and the one before.
    private func changes(before index: Int) -> Int {
        let (last, next) = (fragments[index - 1], fragments[index])
        let here = next.query.lowerBound - last.query.upperBound
        let there = next.source - last.sources.upperBound
        return max(max(here, there) - PassagePrint.span + 1, 1)
    }
}
