/// Which gain makes a recording as loud as it is to be.
struct Levelling {
    private typealias Levels = SoundRenderer.Levels

    /// Frames that are worked on at once.
    static let chunk = 1 << 16

    /// LU
    private static let near = 0.6

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
    ///   - check: called now and then; what it throws ends the work.
    func limiter(
        loudness: Double, peak: Double, check: () throws(SoundError) -> Void
    ) throws(SoundError) -> Limiter {
        let room = ceiling - Decibels.decibels(peak)
        guard loudness.isFinite else { return limiter(decibels: room) }
        let loudest = room + Levels.peakReduction
        var gain = min(Levels.loudness - loudness, loudest)
        // With room for what lies between the samples nothing is limited, and the gain is exact.
        guard gain > room - 1 else { return limiter(decibels: gain) }
        for _ in 0..<5 {
            let missing = Levels.loudness - (try measure(limiter(decibels: gain), check))
            guard abs(missing) > 0.1, gain < loudest || missing < 0 else { break }
            gain = min(gain + missing, loudest)
            // What is limited makes less of a gain than it has, though most of it: so near, the next
            // measure would only confirm it.
            if abs(missing) < Self.near { break }
        }
        return limiter(decibels: gain)
    }

    private func limiter(decibels: Double) -> Limiter {
        Limiter(gain: Decibels.factor(decibels), ceiling: Decibels.factor(ceiling))
    }

    private func measure(
        _ limiter: Limiter, _ check: () throws(SoundError) -> Void
    ) throws(SoundError) -> Double {
        let meter = try LoudnessMeter(sampleRate: Synthesizer.sampleRate)
        var limiter = limiter
        try level(by: &limiter) { (samples, _) throws(SoundError) in
            try check()
            try meter.add(samples)
        }
        return meter.loudness
    }

    /// Gives the recording, levelled, to `body`, chunk by chunk, with the share that is done then. The
    /// next chunk is levelled at the same time.
    ///
    /// - Parameter meter: gets the levelled recording as well.
    func level(
        by limiter: inout Limiter, meter: LoudnessMeter? = nil,
        body: ([Float], _ share: Double) throws(SoundError) -> Void
    ) throws(SoundError) {
        var former: [Float] = []
        for start in stride(from: 0, to: frames, by: Self.chunk) {
            var next: [Float] = []
            try concurrently(2) { index throws(SoundError) in
                if index == 0 {
                    let count = min(Self.chunk, frames - start)
                    let samples = try store.frames(
                        start - Limiter.before..<start + count + Limiter.after)
                    next = limiter.limit(samples, count: count)
                    try meter?.add(next)
                } else if start > 0 {
                    try body(former, Double(start) / Double(frames))
                }
            }
            former = next
        }
        try body(former, 1)
    }
}
