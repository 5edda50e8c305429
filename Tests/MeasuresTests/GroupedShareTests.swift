import Measures
import Testing

struct GroupedShareTests {
    @Test func theShareIsCounted() {
        var dice = SystemRandomNumberGenerator()
        let share = GroupedShare(
            isRight: [true, true, false, true], groups: [1, 1, 2, 3], using: &dice)
        #expect(share.share == 0.75)
        #expect(share.interval.contains(0.75))
    }

    /// The standard error of a share of a half of 100 is 0.05, and 95 % are within 1.96 of them.
    @Test func theIntervalIsAsWideAsChanceMakesIt() {
        var dice = SystemRandomNumberGenerator()
        let share = GroupedShare(
            isRight: (0..<100).map { $0 % 2 == 0 }, groups: Array(0..<100), using: &dice)
        #expect((0.37...0.43).contains(share.interval.lowerBound))
        #expect((0.57...0.63).contains(share.interval.upperBound))
    }

    @Test func judgementsOfOneGroupAreOneDraw() {
        var dice = SystemRandomNumberGenerator()
        let share = GroupedShare(
            isRight: (0..<100).map { $0 < 50 }, groups: (0..<100).map { $0 / 50 }, using: &dice)
        #expect(share.interval == 0...1)
    }
}
