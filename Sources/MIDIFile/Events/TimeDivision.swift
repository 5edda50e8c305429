/// What a tick is: a part of a quarter note, or of an SMPTE frame.
public struct TimeDivision: Hashable, Sendable {
    /// As in the header; never without length.
    let word: UInt16

    /// Returns nil where a tick would have no length.
    init?(word: Int) {
        guard word < 0x8000 ? word > 0 : word & 0xFF > 0 else { return nil }
        self.word = UInt16(truncatingIfNeeded: word)
    }

    /// Returns nil outside 1…32,767.
    public init?(ticksPerQuarter: Int) {
        guard (1...0x7FFF).contains(ticksPerQuarter) else { return nil }
        word = UInt16(ticksPerQuarter)
    }

    /// - Parameter framesPerSecond: 1…128; 24, 25, 29 (which stands for 29.97) and 30 are those of SMPTE.
    ///
    /// Returns nil where that, or `ticksPerFrame` outside 1…255, cannot be told.
    public init?(framesPerSecond: Int, ticksPerFrame: Int) {
        guard (1...128).contains(framesPerSecond), (1...255).contains(ticksPerFrame) else {
            return nil
        }
        word = UInt16((256 - framesPerSecond) << 8 | ticksPerFrame)
    }

    /// Nil where ticks are parts of frames.
    public var ticksPerQuarter: Int? { word < 0x8000 ? Int(word) : nil }

    /// Nil where ticks are parts of quarter notes.
    public var frames: (perSecond: Int, ticks: Int)? {
        word < 0x8000 ? nil : (256 - Int(word >> 8), Int(word & 0xFF))
    }

    /// Ticks per quarter and, for SMPTE time, the tempo of that quarter in microseconds (120 a minute, or
    /// what 29.97 frames a second make of it), which no tempo event changes.
    public var quarter: (ticks: Int, fixedTempo: Int?) {
        guard let frames else { return (Int(word), nil) }
        // 29 stands for 30000/1001 frames a second: a tick is 1.001 times that of 30 frames.
        let perSecond = (frames.perSecond == 29 ? 30 : frames.perSecond) * frames.ticks
        let halfSecond = frames.perSecond == 29 ? 500_500 : 500_000
        // Half a second is a quarter, a whole one where its ticks do not halve.
        return perSecond % 2 == 0 ? (perSecond / 2, halfSecond) : (perSecond, 2 * halfSecond)
    }
}
