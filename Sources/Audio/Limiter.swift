import Foundation

/// Gives music a gain and lowers what would pass a ceiling: the peaks only, a little before they come,
/// so that nothing clips.
///
/// The usual look-ahead limiter. At each frame the gain that the coming 5 ms need is held, comes back
/// with a time constant of 80 ms, and is averaged over 5 ms, so that it moves without a click and is in
/// place when the peak comes. Both channels get the same gain, so that nothing moves in the room.
struct Limiter {
    /// Frames that are looked ahead, and over which the gain is averaged: 5 ms.
    private static let window = Synthesizer.sampleRate / 200
    /// How much of the way back to 1 the gain goes from frame to frame.
    private static let recovery = Float(1 - exp(-1 / (0.080 * Double(Synthesizer.sampleRate))))
    /// Frames that are needed before those to be limited, and after them.
    static let before = PeakDetector.margin
    static let after = window + PeakDetector.margin

    let gain: Float
    let ceiling: Float
    /// The highest peak of what came out, as a factor of full scale.
    private(set) var highestPeak: Float = 0
    /// The most that a peak was lowered, as a factor.
    private(set) var deepest: Float = 1

    private let detector = PeakDetector()
    /// The gains before their averaging, of the frames just before; none before the first ones.
    private var latest: [Float] = []

    init(gain: Double, ceiling: Double) {
        self.gain = Float(gain)
        self.ceiling = Float(ceiling)
    }

    /// The next `count` frames as they are to be heard.
    ///
    /// - Parameter samples: interleaved, with `before` more frames before and `after` more after.
    mutating func limit(_ samples: [Float], count: Int) -> [Float] {
        let peaks = detector.peaks(
            of: samples, count: count + Self.window, gain: gain, floor: ceiling / 2)
        var result = samples[2 * Self.before..<2 * (Self.before + count)].map { $0 * gain }
        if peaks.allSatisfy({ $0 <= ceiling }), latest.allSatisfy({ $0 == 1 }) {
            latest = .init(repeating: 1, count: Self.window)
            highestPeak = max(highestPeak, peaks.prefix(count).max() ?? 0)
            return result
        }
        let needed = Self.slidingMaximum(of: peaks, over: Self.window + 1)
        // A peak right at the start is to find the gain in place.
        if latest.isEmpty {
            latest = .init(repeating: reduction(of: needed[0]), count: Self.window)
        }
        var gains = latest
        gains.reserveCapacity(Self.window + count)
        var sum = latest.reduce(0.0) { $0 + Double($1) }
        var former = gains[Self.window - 1]
        for frame in 0..<count {
            former = min(
                ceiling / max(ceiling, needed[frame]), former + (1 - former) * Self.recovery)
            if former > 0.9999 { former = 1 }
            gains.append(former)
            sum += Double(former) - Double(gains[frame])
            let mean = Float(sum / Double(Self.window))
            result[2 * frame] *= mean
            result[2 * frame + 1] *= mean
            highestPeak = max(highestPeak, peaks[frame] * mean)
            deepest = min(deepest, mean)
        }
        latest = Array(gains.suffix(Self.window))
        return result
    }

    /// The factor that takes a peak down to the ceiling; 1 where it is no higher.
    private func reduction(of peak: Float) -> Float { ceiling / max(ceiling, peak) }

    /// The highest of each value and those after it, `length` together; as many fewer as have not so many
    /// after them.
    private static func slidingMaximum(of values: [Float], over length: Int) -> [Float] {
        var result = [Float](repeating: 0, count: values.count - length + 1)
        // Indices of values that are higher than all before them in the window, which slides backwards.
        var candidates = [Int](repeating: 0, count: values.count)
        var (head, tail) = (0, 0)
        for index in values.indices.reversed() {
            while tail > head, values[candidates[tail - 1]] <= values[index] { tail -= 1 }
            candidates[tail] = index
            tail += 1
            if candidates[head] >= index + length { head += 1 }
            if index < result.count { result[index] = values[candidates[head]] }
        }
        return result
    }
}
