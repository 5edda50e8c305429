import Score

/// Some bars of music as the fault detectors see it: which keys are struck when and held how long.
public struct Passage: Hashable, Sendable {
    public struct Note: Hashable, Sendable {
        /// The MIDI note number.
        public let pitch: Int
        /// In quarters from the passage's start.
        public let onset: Double
        /// In quarters.
        public let duration: Double

        public init(pitch: Int, onset: Double, duration: Double) {
            precondition(onset >= 0 && duration >= 0, "a note cannot lie before the passage")
            self.pitch = pitch
            self.onset = onset
            self.duration = duration
        }

        var end: Double { onset + duration }
    }

    /// In order of their onsets.
    public let notes: [Note]
    /// In quarters.
    public let length: Double
    /// Quarters in a bar, above 0. Where the meter changes within the passage, its first bar counts.
    public let barLength: Double

    public init(notes: [Note], length: Double, barLength: Double) {
        precondition(barLength > 0 && length >= 0, "a bar has a length")
        self.notes = notes.sorted { $0.onset < $1.onset }
        self.length = length
        self.barLength = barLength
    }

    /// What begins in `range` of a piece's parts, drums apart.
    package init(_ range: Range<Ticks>, of score: Score) {
        func quarters(_ ticks: Ticks) -> Double {
            Double(ticks.count) / Double(score.ticksPerQuarter)
        }
        let notes = score.parts.filter { !$0.isDrums }.flatMap(\.notes).filter {
            range.contains($0.onset)
        }
        let bar = score.meterMap.change(at: range.lowerBound).meter
        self.init(
            notes: notes.map {
                Note(
                    pitch: $0.pitch.number, onset: quarters($0.onset - range.lowerBound),
                    duration: quarters(min($0.end, range.upperBound) - $0.onset))
            }, length: quarters(range.upperBound - range.lowerBound),
            barLength: quarters(bar.barLength(ticksPerQuarter: score.ticksPerQuarter)))
    }
}
