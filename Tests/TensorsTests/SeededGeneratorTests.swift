import Files
import Foundation
import Tensors
import Testing

@Suite struct SeededGeneratorTests {
    /// The first outputs of the authors' C program (prng.di.unimi.it/xoshiro256starstar.c) from the
    /// state 1, 2, 3, 4; Rust's rand_xoshiro tests the same ten.
    @Test func matchesTheAuthorsProgram() throws {
        let state = try #require(SeededGenerator.State(words: [1, 2, 3, 4]))
        var generator = SeededGenerator(state: state)
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
            607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
            10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    /// The first outputs of prng.di.unimi.it/splitmix64.c from this seed, as in rand_xoshiro's test.
    @Test func seedsAreExpandedBySplitMix64() {
        var source = SplitMix64(state: 1_477_776_061_723_855_037)
        let expected: [UInt64] = [
            1_985_237_415_132_408_290, 2_979_275_885_539_914_483, 13_511_426_838_097_143_398,
        ]
        #expect(expected.map { _ in source.next() } == expected)
    }

    @Test func uniformNumbersFillTheUnitIntervalEvenly() {
        var generator = SeededGenerator(seed: 1)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 {
            let number = generator.uniform()
            #expect(number >= 0 && number < 1)
            counts[Int(number * 10)] += 1
        }
        let chiSquare = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
        #expect(chiSquare < 27.9)  // 9 degrees of freedom, 0.1 %
    }

    @Test func normalNumbersHaveTheNormalMoments() {
        var generator = SeededGenerator(seed: 2)
        let numbers = (0..<100_000).map { _ in Double(generator.normal()) }
        func moment(_ k: Int) -> Double {
            numbers.reduce(0) { $0 + pow($1, Double(k)) } / Double(numbers.count)
        }
        #expect(abs(moment(1)) < 0.015)
        #expect(abs(moment(2) - 1) < 0.02)
        #expect(abs(moment(3)) < 0.05)
        #expect(abs(moment(4) - 3) < 0.12)
    }

    @Test func streamsOfNeighbouringSeedsAllDiffer() {
        var firsts: Set<UInt64> = []
        for seed in UInt64(0)..<100 {
            for stream in UInt64(0)..<100 {
                var generator = SeededGenerator(seed: seed, stream: stream)
                firsts.insert(generator.next())
            }
        }
        #expect(firsts.count == 10_000)
    }

    @Test func streamsAreUncorrelated() {
        var one = SeededGenerator(seed: 7, stream: 0)
        var other = SeededGenerator(seed: 7, stream: 1)
        let products = (0..<100_000).map { _ in
            (one.uniformDouble() - 0.5) * (other.uniformDouble() - 0.5)
        }
        // Standard error of the mean: (1/12)/√100,000 = 0.00026.
        #expect(abs(products.reduce(0, +) / 100_000) < 0.001)
    }

    @Test func savedStateGoesOnWhereItWasSaved() throws {
        var generator = SeededGenerator(seed: 3, stream: 4)
        _ = generator.normal()
        let saved = try JSONEncoder().encode(generator.state)
        var restored = SeededGenerator(
            state: try JSONDecoder().decode(SeededGenerator.State.self, from: saved))
        for _ in 0..<100 { #expect(restored.next() == generator.next()) }
    }

    @Test(arguments: ["[0,0,0,0]", "[1,2,3]", "[1,2,3,4,5]", "[-1,2,3,4]", "{}"])
    func brokenStatesAreRefused(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SeededGenerator.State.self, from: Data(text.utf8))
        }
    }
}
