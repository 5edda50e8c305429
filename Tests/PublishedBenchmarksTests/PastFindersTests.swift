import PublishedBenchmarks
import Tensors
import Testing

@Suite struct PastFindersTests {
    /// The longest earlier run of items that ends like the sequence, by trying all.
    private static func match(in items: [Int]) -> RepetitionFinder<Int>.Match? {
        var best: RepetitionFinder<Int>.Match?
        for end in items.indices.dropLast() {
            var length = 0
            while length <= end, items[end - length] == items[items.count - 1 - length] {
                length += 1
            }
            if length > 0, length >= best?.length ?? 0 {
                best = .init(next: end + 1, length: length)
            }
        }
        return best
    }

    @Test(arguments: [1, 2, 3, 8])
    func theLongestRepetitionIsFound(kinds: Int) {
        var generator = SeededGenerator(seed: UInt64(kinds))
        var finder = RepetitionFinder<Int>()
        for _ in 0..<2 {
            var items: [Int] = []
            for _ in 0..<60 {
                items.append(Int.random(in: 0..<kinds, using: &generator))
                finder.append(items[items.count - 1])
                #expect(finder.match == Self.match(in: items))
                #expect(finder.items == items)
            }
            finder.reset()
            #expect(finder.match == nil && finder.items.isEmpty)
        }
    }

    @Test func thePhaseIsCountedFromWhereMostChanges() {
        var finder = PhaseFinder(period: 4)
        #expect((0..<6).map { finder.phase(at: $0) } == [0, 1, 2, 3, 0, 1])
        for step in 0..<20 { finder.note(step % 4 == 3 ? 2 : 1, at: step) }
        #expect((20..<25).map { finder.phase(at: $0) } == [1, 2, 3, 0, 1])
        finder.reset()
        #expect(finder.phase(at: 5) == 1)
    }
}
