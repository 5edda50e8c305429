/// A performance that was played into a store until all was silent.
struct Recording {
    /// A released note and its reverb are followed so long at most, in seconds.
    private static let longestTail = 30
    /// Keys and pedals that are never released are, so many seconds after the last event.
    private static let linger = 3
    /// What is this much below full scale cannot be heard, and its share of the peak neither: −80 dB.
    private static let silence: Float = 1e-4

    /// How many of the store's are to be heard.
    let frames: Int
    /// LUFS, −∞ for what is too short to have a loudness.
    let loudness: Double
    /// The highest sample.
    let peak: Double

    /// Plays it.
    ///
    /// - Parameter progress: called now and then with the share that is played, 0…1.
    init(
        of performance: Performance, by soundFont: SoundFont, into store: SampleStore,
        progress: (Double) throws(SoundError) -> Void
    ) throws(SoundError) {
        let ensemble = try Ensemble(soundFont, playing: performance)
        let meter = try LoudnessMeter(sampleRate: Synthesizer.sampleRate)
        let lastEvent = Int(performance.seconds * Double(Synthesizer.sampleRate)) + 1
        let release = lastEvent + Self.linger * Synthesizer.sampleRate
        let end = lastEvent + Self.longestTail * Synthesizer.sampleRate
        var peak: Float = 0
        var (played, heard) = (0, 0)
        var latest: [Float] = []
        func keepLatest() throws(SoundError) {
            try meter.add(latest)
            try store.append(latest)
        }
        var isOver = false
        while !isOver {
            if (release..<release + Levelling.chunk).contains(played) { ensemble.releaseAll() }
            latest = try ensemble.play(from: played, count: Levelling.chunk, besides: keepLatest)
            peak = latest.reduce(peak) { max($0, abs($1)) }
            let last = latest.lastIndex { abs($0) > peak * Self.silence }
            if let last { heard = played + last / 2 + 1 }
            played += Levelling.chunk
            try progress(min(1, Double(played) / Double(lastEvent)))
            isOver =
                played > end || played > lastEvent && last == nil && !ensemble.isSounding
        }
        try keepLatest()
        (frames, loudness, self.peak) = (heard, meter.loudness, Double(peak))
    }
}
