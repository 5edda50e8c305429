import Score

/// Pieces composed by dice, for a library to know apart.
enum Tunes {
    /// A melody in eighths over a slow bass, another one for each seed.
    static func tune(
        seed: Int, transposed: Int = 0, program: Int = 0, meter: Meter = .common, name: String = "",
        texts: [String] = [], tempo: Int = 500_000
    ) -> Score {
        var dice = Dice(state: UInt64(seed))
        let scale = [0, 2, 4, 5, 7, 9, 11]
        var step = 7
        var notes: [Note] = []
        for eighth in 0..<96 {
            step = max(0, min(13, step + dice.roll(7) - 3))
            notes += note(60 + transposed + scale[step % 7] + step / 7 * 12, eighth, lasting: 240)
            if eighth % 4 == 0 {
                notes += note(36 + transposed + scale[dice.roll(7)], eighth, lasting: 960)
            }
        }
        return Score(
            tempoMap: TempoMap([.init(tick: .zero, microsecondsPerQuarter: tempo)]),
            meterMap: MeterMap([.init(tick: .zero, meter: meter)]),
            parts: [Part(name: name, program: program, notes: notes)], texts: texts)
    }

    private static func note(_ pitch: Int, _ eighth: Int, lasting: Int) -> [Note] {
        Pitch(pitch).map {
            [Note(pitch: $0, onset: Ticks(240 * eighth), duration: Ticks(lasting))]
        } ?? []
    }

    /// A linear congruential generator (Knuth, MMIX).
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % sides)
        }
    }
}
