import Testing
import Training

@Suite struct TrapezoidalScheduleTests {
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
    func ratesAreThoseOfTheTable(
        warmup: Int, decay: Double, total: Int?, rates: [Int: Float]
    ) {
        let schedule = TrapezoidalSchedule(rate: 0.5, warmup: warmup, decay: decay)
        for (step, factor) in rates {
            let rate = schedule.rate(atStep: step, of: total)
            #expect(abs(rate - 0.5 * factor) < 1e-6, "step \(step)")
        }
    }

    @Test func noStepOfARunHasRateZero() {
        for total in 1...30 {
            let schedule = TrapezoidalSchedule(rate: 0.002, warmup: 5, decay: 0.3)
            #expect((0..<total).allSatisfy { schedule.rate(atStep: $0, of: total) > 0 })
        }
    }
}
