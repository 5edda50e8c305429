import Score

/// How finely an encoding divides a quarter note.
///
/// Clara's two (Christine Payne, 2018): at 12 steps triplets and sixteenths are exact; 4 is coarser
/// and makes structure over a long range easier to learn.
package enum GridResolution: Int, Hashable, Sendable, CaseIterable {
    case four = 4
    case twelve = 12

    /// Steps in a quarter note.
    package var stepsPerQuarter: Int { rawValue }

    /// The longest wait that one token can express, in steps: 2f + 1, a step over a half note.
    package var longestWait: Int { 2 * rawValue + 1 }

    /// The step that holds `tick`: ⌊quarters · f⌋, in integers.
    func step(atTick tick: Ticks, ticksPerQuarter: Int) -> Int {
        tick.count * rawValue / ticksPerQuarter
    }

    /// The tick where `step` begins. Exact when `f` divides `ticksPerQuarter`; otherwise rounded up,
    /// which keeps the tick inside the step as long as a step is at least one tick.
    func tick(atStep step: Int, ticksPerQuarter: Int) -> Ticks {
        Ticks((step * ticksPerQuarter + rawValue - 1) / rawValue)
    }
}
