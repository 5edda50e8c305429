/// Which gain makes a recording as loud as it is to be.
struct Levelling {
    /// LUFS, the loudness of most streaming services.
    static let target = -16.0
    /// The most that the loudest peak may be lowered to reach the target, in dB: past it, percussion
    /// sounds crushed, so a piece of a few hard strokes stays less loud.
    private static let deepestReduction = 12.0
    /// Frames that are worked on at once.
    static let chunk = 1 << 14

    private let store: SampleStore
    private let frames: Int
    /// dBTP that no peak may pass.
    private let ceiling: Double

    /// - Parameters:
    ///   - frames: how many of the store's are to be heard.
    ///   - ceiling: in dBTP.
    init(_ store: SampleStore, frames: Int, ceiling: Double) {
        self.store = store
        self.frames = frames
        self.ceiling = ceiling
    }

    /// A limiter that makes the recording as loud as the target, or as comes near it.
    ///
    /// - Parameters:
    ///   - loudness: the recording's, in LUFS, −∞ where it is too short to have one.
    ///   - peak: its highest sample, as a factor of full scale.
    func limiter(loudness: Double, peak: Double) throws(SoundError) -> Limiter {
        let room = ceiling - Decibels.decibels(peak)
        guard loudness.isFinite else { return limiter(decibels: room) }
        let loudest = room + Self.deepestReduction
        var gain = min(Self.target - loudness, loudest)
        // Limiting takes some loudness away; without it the first gain is exact.
        for _ in 0..<5 where gain > room - 1 {
            let missing = try Self.target - measure(limiter(decibels: gain))
            guard abs(missing) > 0.1, gain < loudest || missing < 0 else { break }
            gain = min(gain + missing, loudest)
        }
        return limiter(decibels: gain)
    }

    private func limiter(decibels: Double) -> Limiter {
        Limiter(gain: Decibels.factor(decibels), ceiling: Decibels.factor(ceiling))
    }

    private func measure(_ limiter: Limiter) throws(SoundError) -> Double {
        let meter = try LoudnessMeter(sampleRate: Synthesizer.sampleRate)
        var limiter = limiter
        try level(by: &limiter) { (samples, _) throws(SoundError) in try meter.add(samples) }
        return meter.loudness
    }

    /// Gives the recording, levelled, to `body`, chunk by chunk, with the share that is done then.
    func level(
        by limiter: inout Limiter, body: ([Float], _ share: Double) throws(SoundError) -> Void
    ) throws(SoundError) {
        var start = 0
        while start < frames {
            let count = min(Self.chunk, frames - start)
            let samples = try store.frames(
                start - Limiter.before..<start + count + Limiter.after)
            start += count
            try body(limiter.limit(samples, count: count), Double(start) / Double(frames))
        }
    }
}
