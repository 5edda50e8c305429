import Audio
import CSndFile
import Foundation
import Score
import Testing

/// The SoundFont of this machine, without which nothing sounds.
enum Sounding {
    static let soundFont = try? SoundFontLocator(
        environment: ProcessInfo.processInfo.environment
    ).soundFont()
    static let isPossible = soundFont != nil
    static let need: Comment = "no SoundFont is installed: apt install timgm6mb-soundfont"

    static func renderer() throws -> SoundRenderer {
        SoundRenderer(soundFont: try #require(soundFont))
    }
}

/// A folder that is gone after the test.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("clara-audio-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// A sound file as libsndfile reads it.
struct SoundFile {
    let sampleRate: Int
    let format: Int
    /// Frames of two channels, interleaved.
    let samples: [Float]

    init(_ path: String) throws {
        var info = SF_INFO()
        let handle = try #require(sf_open(path, Int32(SFM_READ), &info))
        defer { sf_close(handle) }
        try #require(info.channels == 2)
        var samples = [Float](repeating: 0, count: 2 * Int(info.frames))
        let count = sf_readf_float(handle, &samples, info.frames)
        try #require(count == info.frames)
        self.samples = samples
        sampleRate = Int(info.samplerate)
        format = Int(info.format)
    }

    var seconds: Double { Double(samples.count / 2) / Double(sampleRate) }

    /// The power of a tone in the left channel, by Goertzel's algorithm.
    func power(ofHertz hertz: Double, seconds range: Range<Double>) -> Double {
        let coefficient = 2 * cos(2 * Double.pi * hertz / Double(sampleRate))
        var (former, latest) = (0.0, 0.0)
        for frame in frames(range) {
            (former, latest) = (latest, Double(samples[2 * frame]) + coefficient * latest - former)
        }
        return former * former + latest * latest - coefficient * former * latest
    }

    /// The root of the mean of the squares of the left channel.
    func level(seconds range: Range<Double>) -> Double {
        let frames = frames(range)
        let sum = frames.reduce(0.0) { $0 + pow(Double(samples[2 * $1]), 2) }
        return (sum / Double(max(1, frames.count))).squareRoot()
    }

    private func frames(_ range: Range<Double>) -> Range<Int> {
        let rate = Double(sampleRate)
        return Int(range.lowerBound * rate)..<min(Int(range.upperBound * rate), samples.count / 2)
    }
}

/// Short pieces, two quarters a second.
enum Pieces {
    /// A note of a piano; ticks of 480 a quarter.
    static func note(_ key: Int, at tick: Int, for length: Int = 480, velocity: Int = 80) throws
        -> Note
    {
        Note(
            pitch: try #require(Pitch(key)), onset: Ticks(tick), duration: Ticks(length),
            velocity: try #require(Velocity(velocity)))
    }

    /// Eight bars of broken chords; with strokes that stand out by far, so that they have to be lowered.
    static func song(hasStrokes: Bool) throws -> Score {
        let notes = try (0..<64).map { index in
            let loudness = hasStrokes ? 45 : 50 + index
            return try note(
                [48, 55, 60, 64][index % 4] + index / 16, at: 240 * index, velocity: loudness)
        }
        let strokes = try (0..<8).map { try note(37, at: 1920 * $0, for: 120, velocity: 127) }
        let drums = hasStrokes ? [Part(isDrums: true, notes: strokes)] : []
        return Score(parts: [Part(notes: notes)] + drums)
    }
}
