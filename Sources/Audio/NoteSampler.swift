/// Plays single notes of a SoundFont, for those who put them together themselves: 44,100 frames a
/// second, one channel.
///
/// Notes keep their loudness relative to each other. The same note always gives the same samples. The
/// SoundFont stays in memory. May go from thread to thread, but is not for two at once.
public final class NoteSampler {
    /// Frames a second.
    public static let sampleRate = Synthesizer.sampleRate
    /// How hard the keys are struck: the loudness of a recording at which nothing is cut off.
    private static let velocity: UInt8 = 100
    /// FluidSynth leaves room for 256 voices.
    private static let gain: Float = 3
    /// The last part of a sample fades, in seconds.
    private static let fade = 0.25

    private let synthesizer: Synthesizer

    /// - Throws: `SoundError` when the SoundFont cannot be read.
    public init(soundFont: SoundFont) throws(SoundError) {
        synthesizer = try Synthesizer(soundFont)
    }

    /// A note that is held to the end.
    ///
    /// - Parameters:
    ///   - program: General MIDI, 0…127; nil for the drums.
    ///   - key: 0…127.
    ///   - seconds: above 0.
    /// - Returns: samples of −1…1.
    public func note(program: Int?, key: Int, seconds: Double) -> [Float] {
        precondition(
            (0...127).contains(program ?? 0) && (0...127).contains(key) && seconds > 0,
            "programs and keys are 0…127")
        let channel = program == nil ? Performance.drums : 0
        synthesizer.reset()
        if let program {
            synthesizer.take(.program(channel: channel, number: UInt8(program)))
        }
        synthesizer.take(.strike(channel: channel, key: UInt8(key), velocity: Self.velocity))
        let frames = Int(seconds * Double(Self.sampleRate))
        let blocks = (frames + Synthesizer.block - 1) / Synthesizer.block
        var stereo = [Float](repeating: 0, count: 2 * blocks * Synthesizer.block)
        stereo.withUnsafeMutableBufferPointer { synthesizer.play(into: $0) }
        let faded = min(frames, Int(Self.fade * Double(Self.sampleRate)))
        return (0..<frames).map { frame in
            let fade = min(1, Float(frames - frame) / Float(max(1, faded)))
            let sample = (stereo[2 * frame] + stereo[2 * frame + 1]) / 2 * Self.gain * fade
            return max(-1, min(1, sample))
        }
    }
}
