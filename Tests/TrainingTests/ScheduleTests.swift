import Foundation
import Testing
import Training

@Suite struct ScheduleTests {
    typealias Place = LearningRateSchedule.Place

    // MARK: - Trapezoid

    typealias Case = (warmup: Int, decay: Double, total: Int?, rates: [Int: Float])

    static let table: [Case] = [
        (4, 0.5, 20, [0: 0.25, 1: 0.5, 3: 1, 4: 1, 10: 1, 11: 0.9, 15: 0.5, 19: 0.1, 20: 0]),
        (4, 0.5, nil, [0: 0.25, 3: 1, 1_000_000: 1]),
        (0, 0.2, 10, [0: 1, 8: 1, 9: 0.5, 10: 0, 11: 0]),
        (0, 0, 10, [0: 1, 9: 1, 10: 0]),
        (0, 1, 4, [0: 1, 1: 0.75, 2: 0.5, 3: 0.25]),
        (10, 1, 10, [0: 0.1, 4: 0.3, 9: 0.1]),
        (0, 1, 1, [0: 1]),
    ]

    @Test(arguments: table)
    func trapezoidsRatesAreThoseOfTheTable(
        warmup: Int, decay: Double, total: Int?, rates: [Int: Float]
    ) throws {
        let schedule = LearningRateSchedule.trapezoidal(
            try TrapezoidalSchedule(rate: 0.5, warmup: warmup, decay: decay))
        for (step, factor) in rates {
            let rate = schedule.rate(at: Place(step: step, total: total, share: .nan))
            #expect(abs(rate - 0.5 * factor) < 1e-6, "step \(step)")
        }
    }

    // MARK: - PyTorch's, from Benchmarks/golden/schedules.py, torch 2.15.0

    /// `OneCycleLR` over 101 steps: its places are shares of 100.
    static let cycle: [(step: Int, rate: Double, beta1: Double)] = [
        (0, 1.200000000e-04, 0.950000000),
        (1, 1.320670542e-04, 0.949581005),
        (5, 4.116823528e-04, 0.939872141),
        (10, 1.168564696e-03, 0.913591504),
        (24, 2.999244819e-03, 0.850026222),
        (25, 2.999274431e-03, 0.850024186),
        (50, 2.222910841e-03, 0.875903231),
        (75, 7.365943811e-04, 0.925447608),
        (98, 5.187062200e-06, 0.949828096),
        (99, 1.319820101e-06, 0.949957006),
    ]

    @Test(arguments: cycle)
    func oneCycleFollowsPyTorch(step: Int, rate: Double, beta1: Double) throws {
        let schedule = LearningRateSchedule.oneCycle(
            try OneCycleSchedule(
                rate: 0.003, rise: 0.2425, startDivisor: 25, endDivisor: 1e5,
                momentum: .init(high: 0.95, low: 0.85)))
        let place = Place(step: step, total: nil, share: Double(step) / 100)
        #expect(abs(Double(schedule.rate(at: place)) - rate) < 1e-6 * rate)
        #expect(abs(Double(try #require(schedule.beta1(at: place))) - beta1) < 1e-6)
    }

    /// `LinearLR` from 1/10 over 9 steps, chained with `CosineAnnealingLR` over 100.
    static let cosine: [(step: Int, rate: Double)] = [
        (0, 3.000000000e-04),
        (1, 5.998519681e-04),
        (5, 1.788919507e-03),
        (10, 2.926584774e-03),
        (24, 2.593452941e-03),
        (25, 2.560660172e-03),
        (50, 1.500000000e-03),
        (75, 4.393398282e-04),
        (98, 2.959907358e-06),
        (99, 7.401594514e-07),
    ]

    @Test(arguments: cosine)
    func cosineWithWarmupFollowsPyTorch(step: Int, rate: Double) throws {
        let schedule = LearningRateSchedule.cosine(
            try CosineSchedule(rate: 0.003, warmup: 10))
        #expect(abs(Double(schedule.rate(at: Place(step: step, of: 100))) - rate) < 1e-6 * rate)
        #expect(schedule.beta1(at: Place(step: step, of: 100)) == nil)
    }

    // MARK: - All of them

    static func all() throws -> [LearningRateSchedule] {
        [
            .trapezoidal(try TrapezoidalSchedule(rate: 0.002, warmup: 5, decay: 0.3)),
            .oneCycle(try OneCycleSchedule(rate: 0.002)),
            .oneCycle(try OneCycleSchedule(rate: 0.002, rise: 0.9, momentum: .init())),
            .cosine(try CosineSchedule(rate: 0.002, warmup: 5)),
            .cosine(try CosineSchedule(rate: 0.002, warmup: 0, end: 1)),
        ]
    }

    @Test func noStepOfARunHasRateZeroOrMoreThanTheHighest() throws {
        for schedule in try Self.all() {
            for total in 1...30 {
                let rates = (0..<total).map { schedule.rate(at: Place(step: $0, of: total)) }
                #expect(rates.allSatisfy { $0 > 0 && $0 <= 0.002 }, "\(schedule): \(rates)")
            }
        }
    }

    @Test func theyComeBackFromJSON() throws {
        for schedule in try Self.all() {
            let json = try JSONEncoder().encode(schedule)
            #expect(try JSONDecoder().decode(LearningRateSchedule.self, from: json) == schedule)
        }
    }

    @Test(arguments: [
        #"{"kind": "trapezoidal", "rate": 0.1, "warmup": -1, "decay": 0.5}"#,
        #"{"kind": "trapezoidal", "rate": 0.1, "warmup": 1, "decay": 1.5}"#,
        #"{"kind": "trapezoidal", "rate": 0, "warmup": 1, "decay": 0.5}"#,
        #"{"kind": "one-cycle", "rate": 0.1, "rise": 0, "startDivisor": 25, "endDivisor": 1}"#,
        #"{"kind": "one-cycle", "rate": 0.1, "rise": 1, "startDivisor": 25, "endDivisor": 1}"#,
        #"{"kind": "one-cycle", "rate": 0.1, "rise": 0.1, "startDivisor": 0.5, "endDivisor": 1}"#,
        #"""
        {"kind": "one-cycle", "rate": 0.1, "rise": 0.1, "startDivisor": 1, "endDivisor": 1,
         "momentum": {"high": 1, "low": 0.5}}
        """#,
        #"{"kind": "cosine", "rate": -0.1, "warmup": 1, "end": 0}"#,
        #"{"kind": "cosine", "rate": 0.1, "warmup": 1, "end": 2}"#,
    ])
    func numbersOutsideTheirRangesAreNotDecoded(json: String) {
        #expect(throws: InvalidSetting.self) {
            try JSONDecoder().decode(LearningRateSchedule.self, from: Data(json.utf8))
        }
    }
}
