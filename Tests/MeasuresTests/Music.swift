import Measures
import Score
import Testing

/// Excerpts from a line or two of text.
enum Music {
    /// Quarters of 480 ticks.
    static let ticks = 480

    /// - Parameter notes: pitch, onset and duration, in quarters.
    static func score(
        _ notes: [(pitch: Int, onset: Double, duration: Double)], meter: Meter = .common,
        quartersPerMinute: Double = 120
    ) throws -> Score {
        func count(_ quarters: Double) -> Ticks { Ticks(Int((quarters * Double(ticks)).rounded())) }
        return Score(
            ticksPerQuarter: ticks,
            tempoMap: TempoMap([
                .init(tick: .zero, microsecondsPerQuarter: Int(60e6 / quartersPerMinute))
            ]), meterMap: MeterMap([.init(tick: .zero, meter: meter)]),
            parts: [
                Part(
                    notes: try notes.map {
                        Note(
                            pitch: try #require(Pitch($0.pitch)), onset: count($0.onset),
                            duration: count($0.duration))
                    })
            ])
    }

    /// From the start, `quarters` long.
    static func excerpt(
        _ notes: [(pitch: Int, onset: Double, duration: Double)], quarters: Int,
        meter: Meter = .common, quartersPerMinute: Double = 120
    ) throws -> Excerpt {
        Excerpt(
            .zero..<Ticks(quarters * ticks),
            of: try score(notes, meter: meter, quartersPerMinute: quartersPerMinute))
    }

    /// A quarter of each pitch, one after another.
    static func line(_ pitches: [Int]) -> [(pitch: Int, onset: Double, duration: Double)] {
        pitches.enumerated().map { ($1, Double($0), 1) }
    }
}

func isClose(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
}
