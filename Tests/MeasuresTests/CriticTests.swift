import Foundation
import Measures
import TestSupport
import Testing

struct CriticTests {
    /// Ten noisy numbers; the first is `shift` higher.
    private static func examples(_ count: Int, shift: Double, dice: inout SplitMix) -> [[Double]] {
        (0..<count).map { _ in
            (0..<10).map { Double.random(in: -1...1, using: &dice) + ($0 == 0 ? shift : 0) }
        }
    }

    /// With one feature of ±1 and a penalty, the weight w solves 1 / (1 + eʷ) = penalty · w:
    /// for w = 1, penalty = 1 / (1 + e) = 0.26894.
    @Test func theWeightIsTheMinimumsByHand() {
        let model = LogisticRegression(
            examples: [[-1], [1]], isSecond: [false, true], penalty: 0.268_941_421_369_995_1)
        #expect(isClose(model.probabilityOfSecond([1]), 0.731_058_578_630_004_9, within: 1e-6))
        #expect(isClose(model.probabilityOfSecond([0]), 0.5, within: 1e-9))
    }

    @Test func whatNeverVariesTellsNothing() {
        let model = LogisticRegression(
            examples: [[7, -1], [7, 1]], isSecond: [false, true], penalty: 0.1)
        #expect(
            isClose(
                model.probabilityOfSecond([100, 1]), model.probabilityOfSecond([7, 1])))
    }

    @Test func equalSetsCannotBeTold() throws {
        var dice = SplitMix(3)
        let trial = try #require(
            CriticTrial(
                human: Self.examples(200, shift: 0, dice: &dice),
                machine: Self.examples(200, shift: 0, dice: &dice),
                groups: (0..<200).map { $0 / 2 }, using: &dice))
        #expect(trial.interval.contains(0.5))
        #expect((0.42...0.58).contains(trial.accuracy))
    }

    /// The log odds are a weighted sum, so what each number adds is the difference of the two.
    @Test func whatTheNumbersAddIsTheDifferenceOfTheLogOdds() {
        var dice = SplitMix(4)
        let (low, high) = (
            Self.examples(50, shift: 0, dice: &dice), Self.examples(50, shift: 1, dice: &dice)
        )
        let model = LogisticRegression(
            examples: low + high, isSecond: low.map { _ in false } + high.map { _ in true },
            penalty: 0.3)
        func logOdds(_ example: [Double]) -> Double {
            let p = model.probabilityOfSecond(example)
            return log(p / (1 - p))
        }
        let shift = model.shift(from: low[0], to: high[0])
        #expect(isClose(shift.reduce(0, +), logOdds(high[0]) - logOdds(low[0]), within: 1e-9))
    }

    @Test func differentSetsAreTold() throws {
        var dice = SplitMix(3)
        let trial = try #require(
            CriticTrial(
                human: Self.examples(100, shift: 0, dice: &dice),
                machine: Self.examples(100, shift: 3, dice: &dice),
                groups: (0..<100).map { $0 / 2 }, using: &dice))
        #expect(trial.accuracy > 0.97)
        #expect(trial.interval.contains(trial.accuracy))
        #expect(trial.interval.lowerBound > 0.9)
        // Only the first number differs, so it is what they are told by.
        #expect(trial.separation[0] > 0.9 * trial.separation.reduce(0, +))
    }

    /// Each piece has a mark of its own, and its kind: a critic that sees the piece in training knows it.
    /// Judged on other pieces it is no better than chance.
    @Test func piecesAreOnOneSide() throws {
        var dice = SplitMix(5)
        let pieces = 20
        func marked(_ piece: Int, _ kind: Double) -> [Double] {
            (0..<pieces).map { $0 == piece ? (piece.isMultiple(of: 2) ? kind : -kind) : 0 }
        }
        let groups = (0..<pieces * 5).map { $0 / 5 }
        let trial = try #require(
            CriticTrial(
                human: groups.map { marked($0, 1) }, machine: groups.map { marked($0, -1) },
                groups: groups, using: &dice))
        #expect(trial.accuracy <= 0.5)
    }

    @Test func onePieceIsNotEnough() {
        var dice = SplitMix(1)
        #expect(
            CriticTrial(human: [[1]], machine: [[2]], groups: [0], using: &dice) == nil)
    }

    @Test func vectorsHaveAFeatureForEachNumber() throws {
        let nothing = CriticFeatures.vector(of: try Music.excerpt([], quarters: 8))
        let some = CriticFeatures.vector(
            of: try Music.excerpt(Music.line([60, 64, 67, 48]), quarters: 8))
        #expect(nothing.count == CriticFeatures.features.count)
        #expect(some.count == CriticFeatures.features.count)
        #expect(nothing.allSatisfy(\.isFinite) && some.allSatisfy(\.isFinite))
        #expect(Set(CriticFeatures.features).count == CriticFeatures.features.count)
    }

    /// Quarters E C C D: a leap down, a repeat and a step up, each a third of the line's intervals; of the
    /// twelve places in the quarter only the first.
    @Test func eachNumberIsWhatItsTitleSays() throws {
        let line = try Music.excerpt(Music.line([64, 60, 60, 62]), quarters: 4)
        let heard = zip(CriticFeatures.features, CriticFeatures.vector(of: line))
        func shares(_ family: String) -> [String: Double] {
            heard.filter { $0.0.family == family && $0.1 > 0 }
                .reduce(into: [:]) { $0[$1.0.title] = $1.1 * $1.1 }
        }
        for line in ["upper line", "bass"] {
            let intervals = shares("intervals, \(line)")
            #expect(Set(intervals.keys) == ["-4", "0", "+2"])
            #expect(intervals.values.allSatisfy { isClose($0, 1.0 / 3, within: 1e-9) })
            #expect(shares("contours, \(line)").keys.sorted() == ["leap down, repeat, step up"])
        }
        #expect(shares("place in the quarter") == ["0/12": 1])
        #expect(shares("note values") == ["quarter": 1])
        #expect(shares("onset to onset, upper line") == ["quarter, quarter": 1])
        let mean = heard.first { $0.0.title == "mean pitch" }
        #expect(mean?.1 == 61.5)
    }
}
