/// Chooses where one voice of a bar is written in tuplets.
///
/// A stretch of the metric tree whose times all lie on 128ths needs none. Otherwise it is written as
/// one tuplet, or each of its parts by itself, whichever is plainer: few notes in a tuplet, few
/// tuplets, and few notes cut in two where one begins.
struct TupletPlan {
    /// In order; no two overlap.
    let tuplets: [Tuplet]

    /// - Parameters:
    ///   - spans: notes of one voice in order, from the start of the tree.
    ///   - bar: what of the tree there is; no tuplet reaches beyond it.
    init(_ spans: [Range<Int>], in tree: MetricTree, within bar: Range<Int>) {
        tuplets = Search(spans, bar).best(tree).tuplets
    }

    /// `time` itself where it can be written, or the nearest that can be.
    func writable(_ time: Int) -> Int {
        guard let tuplet = tuplets.first(where: { $0.start < time && time < $0.end }) else {
            return FineTime.nearest(to: time, step: FineTime.shortest)
        }
        if tuplet.written(time) != nil { return time }
        let step = tuplet.length / tuplet.actual
        return tuplet.start + FineTime.nearest(to: time - tuplet.start, step: step)
    }
}

extension TupletPlan {
    fileprivate struct Choice {
        var tuplets: [Tuplet] = []
        var cost = 0.0
    }

    fileprivate struct Search {
        private static let counts = [
            3, 5, 6, 7, 9, 10, 11, 12, 13, 4, 2, 14, 15, 20, 24, 18, 22, 26, 28,
        ]
        /// What it costs to cut a note.
        private static let cut = 3.0
        /// What a time costs that cannot be written.
        private static let miss = 1000.0

        /// Where something begins or ends.
        private let times: [Int]
        private let spans: [Range<Int>]
        private let bar: Range<Int>

        init(_ spans: [Range<Int>], _ bar: Range<Int>) {
            self.spans = spans
            self.bar = bar
            times = Array(Set(spans.flatMap { [$0.lowerBound, $0.upperBound] })).sorted()
        }

        func best(_ node: MetricTree) -> Choice {
            let inside = times.filter { $0 > node.start && $0 < node.end }
            let offGrid = inside.filter { $0 % FineTime.shortest != 0 }
            if offGrid.isEmpty, node.isWithinBeat {
                return Choice(tuplets: binary(node, inside).map { [$0] } ?? [])
            }
            let parts = node.parts
            var best = Choice(cost: Self.miss * Double(offGrid.count))
            if !parts.isEmpty {
                let choices = parts.map(self.best)
                best = Choice(
                    tuplets: choices.flatMap(\.tuplets), cost: choices.reduce(0) { $0 + $1.cost })
            }
            guard !offGrid.isEmpty, bar.lowerBound <= node.start, node.end <= bar.upperBound else {
                return best
            }
            for count in Self.counts {
                guard let tuplet = Tuplet(dividing: node.length, from: node.start, into: count),
                    node.isWithinBeat || isPlain(tuplet, inside)
                else { continue }
                let cost = cost(of: tuplet, inside)
                if cost < best.cost { best = Choice(tuplets: [tuplet], cost: cost) }
            }
            return best
        }

        /// Four or eight equal notes in a beat of three, which dotted values would hide.
        private func binary(_ node: MetricTree, _ inside: [Int]) -> Tuplet? {
            guard node.children.count == 3, [3, 7].contains(inside.count),
                bar.lowerBound <= node.start, node.end <= bar.upperBound
            else { return nil }
            let step = node.length / (inside.count + 1)
            guard inside.allSatisfy({ ($0 - node.start) % step == 0 }) else { return nil }
            return Tuplet(dividing: node.length, from: node.start, into: inside.count + 1)
        }

        private func cost(of tuplet: Tuplet, _ inside: [Int]) -> Double {
            let step = tuplet.length / tuplet.actual
            let missed = inside.count { tuplet.written($0) == nil }
            let fine = inside.count { ($0 - tuplet.start) % step != 0 }
            let cuts = [tuplet.start, tuplet.end].count { line in
                spans.contains { $0.lowerBound < line && line < $0.upperBound }
            }
            return 2 + Double(tuplet.actual) + Double(fine) / 2 + Double(cuts) * Self.cut
                + Double(missed) * Self.miss
        }

        /// Whether all times are at whole notes of a tuplet of few; others are not written over more
        /// than a beat.
        private func isPlain(_ tuplet: Tuplet, _ inside: [Int]) -> Bool {
            let step = tuplet.length / tuplet.actual
            return tuplet.actual <= 13 && tuplet.actual % 2 == 1
                && inside.allSatisfy { ($0 - tuplet.start) % step == 0 }
        }
    }
}
