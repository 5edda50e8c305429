import Files
import Score

/// Turns scores into sound files: 44,100 frames a second, two channels, −16 LUFS, no peak above −1 dBTP.
///
/// Played by FluidSynth with its reverb and chorus into a nameless file beside the target, so that a long
/// piece needs little memory; measured, levelled (`Limiter`) and written beside the target, which is then
/// replaced. The same music and SoundFont give the same samples.
public struct SoundRenderer: Sendable {
    /// What lasts longer is refused: four hours, whose nameless file has 5 GB.
    public static let longestSeconds = 4.0 * 3600
    /// A released note and its reverb are followed so long at most.
    private static let longestTail = 30
    /// Keys and pedals that are never released are, so long after the last event.
    private static let linger = 3
    /// What is this much below full scale cannot be heard, and its share of the peak neither: −80 dB.
    private static let silence = 1e-4
    /// The share of the work that playing is; the rest is writing.
    private static let playingShare = 0.8

    /// What every sound file keeps to.
    public enum Levels {
        /// Integrated, in LUFS: what most streaming services play at.
        public static let loudness = -16.0
        /// No peak is higher, in dBTP.
        public static let truePeak = -1.0
        /// The most that the loudest peak is lowered to reach the loudness, in dB: a piece of a few
        /// hard strokes and much silence, which would need more, stays less loud.
        public static let peakReduction = 24.0
    }

    public let soundFont: SoundFont

    public init(soundFont: SoundFont) { self.soundFont = soundFont }

    /// Writes `score` as sound, whole or not at all.
    ///
    /// - Parameters:
    ///   - name: what the score is called in errors, such as its path.
    ///   - shouldStop: asked now and then; true ends the work with `SoundError.stopped`.
    ///   - progress: called now and then with the share of the work that is done, 0…1.
    public func render(
        _ score: Score, named name: String, to path: String, format: SoundFormat,
        shouldStop: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
    ) throws(SoundError) -> RenderedSound {
        try render(
            Performance(of: score, named: name), to: path, format: format, shouldStop: shouldStop,
            progress: progress)
    }

    /// Writes `performance` as sound, whole or not at all; as `render(_:named:to:…)`.
    public func render(
        _ performance: Performance, to path: String, format: SoundFormat,
        shouldStop: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
    ) throws(SoundError) -> RenderedSound {
        let start = ContinuousClock.now
        guard performance.hasNotes else { throw .noNotes(piece: performance.name) }
        guard performance.seconds <= Self.longestSeconds else {
            throw .tooLong(piece: performance.name, seconds: performance.seconds)
        }
        let store = try SampleStore(beside: path)
        func check() throws(SoundError) {
            if shouldStop() { throw .stopped(file: path) }
        }
        let recording = try record(performance, into: store) { (share) throws(SoundError) in
            try check()
            progress(share * Self.playingShare)
        }
        guard recording.peak > 0 else { throw .noNotes(piece: performance.name) }
        let levelling = Levelling(
            store, frames: recording.frames, ceiling: format.container.ceiling)
        var (limiter, loudness) = try levelling.limiter(
            loudness: recording.loudness, peak: recording.peak)
        try write(
            levelling, by: &limiter, to: path, format: format
        ) { (share) throws(SoundError) in
            try check()
            progress(Self.playingShare + share * (1 - Self.playingShare))
        }
        return RenderedSound(
            path: path, format: format,
            seconds: Double(recording.frames) / Double(Synthesizer.sampleRate),
            sampleRate: Synthesizer.sampleRate, loudness: loudness,
            truePeak: Decibels.decibels(Double(limiter.highestPeak)),
            peakReduction: 0 - Decibels.decibels(Double(limiter.deepest)),
            elapsed: start.duration(to: .now) / .seconds(1))
    }

    /// What was played.
    private struct Recording {
        /// How many are to be heard.
        let frames: Int
        /// LUFS.
        let loudness: Double
        /// The highest sample.
        let peak: Double
    }

    /// Plays until all is silent.
    private func record(
        _ performance: Performance, into store: SampleStore,
        progress: (Double) throws(SoundError) -> Void
    ) throws(SoundError) -> Recording {
        let ensemble = try Ensemble(soundFont, playing: performance)
        let meter = try LoudnessMeter(sampleRate: Synthesizer.sampleRate)
        let rate = Synthesizer.sampleRate
        let lastEvent = Int(performance.seconds * Double(rate)) + 1
        let release = lastEvent + Self.linger * rate
        let releaseTime = release..<release + Levelling.chunk
        var peak: Float = 0
        var (played, heard) = (0, 0)
        var latest: [Float] = []
        func keepLatest() throws(SoundError) {
            try meter.add(latest)
            try store.append(latest)
        }
        var isOver = false
        while !isOver {
            if releaseTime.contains(played) { ensemble.releaseAll() }
            var next: [Float] = []
            try concurrently(
                { next = ensemble.play(from: played, count: Levelling.chunk) }, keepLatest)
            latest = next
            peak = latest.reduce(peak) { max($0, abs($1)) }
            let last = latest.lastIndex { abs($0) > peak * Float(Self.silence) }
            if let last { heard = played + last / 2 + 1 }
            played += Levelling.chunk
            try progress(min(1, Double(played) / Double(lastEvent)))
            isOver =
                played > lastEvent
                && (last == nil && !ensemble.isSounding
                    || played > lastEvent + Self.longestTail * rate)
        }
        try keepLatest()
        return Recording(frames: heard, loudness: meter.loudness, peak: Double(peak))
    }

    private func write(
        _ levelling: Levelling, by limiter: inout Limiter, to path: String, format: SoundFormat,
        progress: (Double) throws(SoundError) -> Void
    ) throws(SoundError) {
        do {
            try WholeFile.replace(path) { file in
                let writer = try SoundFileWriter(file, path: path, format: format)
                try levelling.level(by: &limiter) { (samples, share) throws(SoundError) in
                    try writer.add(samples)
                    try progress(share)
                }
                try writer.close()
            }
        } catch let error as SoundError {
            throw error
        } catch {
            throw .unwritable(file: path, reason: "\(error)")
        }
    }
}

extension SoundFormat.Container {
    /// The highest that a peak may be before it is encoded, in dBTP. Rounding can raise it a little, and
    /// what Vorbis leaves out by more.
    fileprivate var ceiling: Double { SoundRenderer.Levels.truePeak - (self == .ogg ? 1 : 0.1) }
}
