/// What was written as a sound file.
public struct RenderedSound: Hashable, Sendable {
    public let path: String
    public let format: SoundFormat
    /// Length, with the last notes' fading.
    public let seconds: Double
    /// Frames a second.
    public let sampleRate: Int
    /// Integrated, in LUFS; −∞ for what is too short to have a loudness, under 400 ms.
    public let loudness: Double
    /// The highest peak, in dBTP: 0 is full scale. What Vorbis makes of it may be a little higher.
    public let truePeak: Double
    /// By how much the loudest peak was lowered, in dB; 0 where none had to be.
    public let peakReduction: Double
    /// How long it took, in seconds.
    public let elapsed: Double

    /// How many times faster than playing it.
    public var speed: Double { seconds / max(elapsed, 1e-9) }
}
