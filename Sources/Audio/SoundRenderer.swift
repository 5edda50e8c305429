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
        let recording = try Recording(
            of: performance, by: soundFont, into: store
        ) { (share) throws(SoundError) in
            try check()
            progress(share * Self.playingShare)
        }
        guard recording.peak > 0 else { throw .noNotes(piece: performance.name) }
        let levelling = Levelling(
            store, frames: recording.frames, ceiling: format.container.ceiling)
        var limiter = try levelling.limiter(
            loudness: recording.loudness, peak: recording.peak, check: check)
        let loudness = try write(
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

    /// How loud it is, in LUFS.
    private func write(
        _ levelling: Levelling, by limiter: inout Limiter, to path: String, format: SoundFormat,
        progress: (Double) throws(SoundError) -> Void
    ) throws(SoundError) -> Double {
        do {
            let meter = try LoudnessMeter(sampleRate: Synthesizer.sampleRate)
            try WholeFile.replace(path) { file in
                let writer = try SoundFileWriter(file, path: path, format: format)
                try levelling.level(by: &limiter, meter: meter) {
                    (samples, share) throws(SoundError) in
                    try writer.add(samples)
                    try progress(share)
                }
                try writer.close()
            }
            return meter.loudness
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
