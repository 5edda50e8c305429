import Tensors
import Testing
import Training

@Suite struct ClassifierBatchesTests {
    static let lengths: [Int] = {
        var generator = SeededGenerator(seed: 1)
        return (0..<205).map { _ in Int.random(in: 1...200, using: &generator) }
    }()

    @Test func everyEpochHasEveryPieceOnceInAnOrderOfItsOwn() {
        let buckets = LengthBuckets(lengths: Self.lengths, size: 10, seed: 1)
        let epochs = (0..<3).map { buckets.batches(ofEpoch: $0) }
        for batches in epochs {
            #expect(batches.count == 21 && buckets.count == 21)
            #expect(batches.map(\.count).sorted() == [5] + Array(repeating: 10, count: 20))
            #expect(batches.joined().sorted() == Array(0..<205))
        }
        #expect(epochs[0] != epochs[1] && epochs[1] != epochs[2])
        #expect(buckets.batches(ofEpoch: 1) == epochs[1])
        let other = LengthBuckets(lengths: Self.lengths, size: 10, seed: 2)
        #expect(other.batches(ofEpoch: 1) != epochs[1])
    }

    /// But for the five left over, which nothing can be chosen for.
    @Test func piecesOfABatchAreAboutAsLongAsEachOther() {
        let batches = LengthBuckets(lengths: Self.lengths, size: 10, seed: 1).batches(ofEpoch: 0)
        for batch in batches where batch.count == 10 {
            let lengths = batch.map { Self.lengths[$0] }.sorted()
            #expect(lengths[lengths.count - 1] - lengths[0] < 50)
        }
        let firsts = batches.map { Self.lengths[$0[0]] }
        #expect(firsts != firsts.sorted() && firsts != firsts.sorted(by: >))
    }

    @Test func scoringBeginsWithTheLongestPieces() {
        #expect(
            LengthBuckets.byLength([3, 9, 4, 9, 1], size: 2) == [[1, 3], [2, 0], [4]])
    }
}
