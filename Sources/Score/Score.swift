/// A piece of music as values: parts of notes over a tempo map and a meter map.
public struct Score: Hashable, Sendable {
    /// The resolution of every `Ticks` in the score, 1…32,767.
    public let ticksPerQuarter: Int
    public var tempoMap: TempoMap
    public var meterMap: MeterMap
    /// The key signatures that the file tells; often none.
    public var keyMap: KeyMap
    public var parts: [Part]
    /// Text events at the start of the file, such as the settings a take was made with.
    public var texts: [String]

    public init(
        ticksPerQuarter: Int = 480, tempoMap: TempoMap = TempoMap(),
        meterMap: MeterMap = MeterMap(), keyMap: KeyMap = KeyMap(), parts: [Part],
        texts: [String] = []
    ) {
        precondition((1...32_767).contains(ticksPerQuarter), "ticks per quarter are 1…32,767")
        self.ticksPerQuarter = ticksPerQuarter
        self.tempoMap = tempoMap
        self.meterMap = meterMap
        self.keyMap = keyMap
        self.parts = parts
        self.texts = texts
    }

    /// Where the last note ends; zero without notes.
    public var end: Ticks {
        var end = Ticks.zero
        for part in parts {
            for note in part.notes { end = max(end, note.end) }
        }
        return end
    }

    /// How many notes all parts have.
    public var noteCount: Int { parts.reduce(0) { $0 + $1.notes.count } }

    /// The number of bars up to the end of the last note, the last one counted whole.
    public var barCount: Int {
        meterMap.barCount(before: end, ticksPerQuarter: ticksPerQuarter)
    }

    /// Length in seconds up to the end of the last note.
    public var seconds: Double { seconds(at: end) }

    /// Seconds from the start to `tick`.
    public func seconds(at tick: Ticks) -> Double {
        tempoMap.seconds(at: tick, ticksPerQuarter: ticksPerQuarter)
    }
}
