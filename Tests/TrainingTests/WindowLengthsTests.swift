import Testing
import Training

@Suite struct WindowLengthsTests {
    @Test func withoutJitterEveryWindowHasTheSameLength() {
        let windows = WindowLengths(base: 17, isJittered: false, seed: 1)
        #expect(windows.most == 17)
        #expect((0..<100).allSatisfy { windows.steps(at: $0) == 17 })
        #expect(windows.rateFactor(ofSteps: 17) == 1)
        #expect(windows.count(covering: 170) == 10 && windows.count(covering: 5) == 1)
    }

    /// Merity et al.: about T in 95 of 100 windows, else about T/2, with a standard deviation of 5.
    @Test func jitteredLengthsAreDistributedAsThePaperSays() {
        let windows = WindowLengths(base: 200, isJittered: true, seed: 1)
        let lengths = (0..<20_000).map { windows.steps(at: $0) }
        let (long, short) = (lengths.filter { $0 > 150 }, lengths.filter { $0 <= 150 })
        for (side, mean) in [(long, 200.0), (short, 100)] {
            let found = Double(side.reduce(0, +)) / Double(side.count)
            let variance =
                side.reduce(0) { $0 + (Double($1) - found) * (Double($1) - found) }
                / Double(side.count)
            #expect(abs(found - mean) < 0.7)
            #expect(abs(variance.squareRoot() - 5) < 0.3)
        }
        #expect(abs(Double(short.count) / 20_000 - 0.05) < 0.006)
        // What a run of epochs counts on.
        let all = lengths.reduce(0, +)
        #expect(abs(windows.count(covering: all) - 20_000) < 100)
    }

    @Test(arguments: [1, 2, 5, 6, 12, 24, 200])
    func lengthsStayWithinWhatMemoryIsPlannedFor(base: Int) {
        let windows = WindowLengths(base: base, isJittered: true, seed: 3)
        #expect(windows.most == base + 25)
        let lengths = (0..<5_000).map { windows.steps(at: $0) }
        #expect((lengths.min() ?? 0) >= min(5, base) && (lengths.max() ?? 0) <= windows.most)
    }

    @Test func lengthsDependOnTheSeedAndTheStepOnly() {
        func lengths(_ seed: UInt64) -> [Int] {
            let windows = WindowLengths(base: 100, isJittered: true, seed: seed)
            return (0..<50).reversed().map { windows.steps(at: $0) }
        }
        #expect(lengths(1) == lengths(1) && lengths(1) != lengths(2))
    }

    @Test func theRateGoesWithTheLength() {
        let windows = WindowLengths(base: 100, isJittered: true, seed: 1)
        #expect(windows.rateFactor(ofSteps: 50) == 0.5 && windows.rateFactor(ofSteps: 110) == 1.1)
    }
}
