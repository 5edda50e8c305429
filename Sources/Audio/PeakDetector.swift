import Foundation

/// Finds peaks between the samples too, where a converter would reach them: four points a frame.
///
/// The points between come from a Hann-windowed sinc of 49 taps, as in libebur128's measure of true
/// peaks (ITU-R BS.1770, annex 2).
struct PeakDetector {
    /// Frames that are needed on both sides of those that are looked at.
    static let margin = 6
    private static let block = 64

    /// For a quarter, a half and three quarters of the way to the next frame: the weights of the frames
    /// from five before to six after.
    private let weights: [[Float]] = (1...3).map { quarter in
        (-5...6).map { frame in
            let time = Double(frame) - Double(quarter) / 4
            return Float(sin(.pi * time) / (.pi * time) * (0.5 + 0.5 * cos(.pi * time / 6)))
        }
    }

    /// The peak of each of `count` frames, of both channels, times `gain`. Where a stretch stays below
    /// `floor` the frames' peaks are that of the stretch's samples.
    ///
    /// - Parameter samples: interleaved, with `margin` more frames before and after.
    func peaks(of samples: [Float], count: Int, gain: Float, floor: Float) -> [Float] {
        var peaks = [Float](repeating: 0, count: count)
        samples.withUnsafeBufferPointer { samples in
            for start in stride(from: 0, to: count, by: Self.block) {
                let end = min(start + Self.block, count)
                var highest: Float = 0
                for sample in samples[2 * start..<2 * (end + 2 * Self.margin)] {
                    highest = max(highest, abs(sample))
                }
                for frame in start..<end {
                    peaks[frame] =
                        gain * (highest * gain <= floor ? highest : peak(of: samples, at: frame))
                }
            }
        }
        return peaks
    }

    /// The peak between frame `frame`, counted after the margin, and the next one.
    private func peak(of samples: UnsafeBufferPointer<Float>, at frame: Int) -> Float {
        let place = 2 * (frame + Self.margin)
        var highest = max(abs(samples[place]), abs(samples[place + 1]))
        for weights in weights {
            var (left, right): (Float, Float) = (0, 0)
            for index in weights.indices {
                left += weights[index] * samples[place + 2 * (index - 5)]
                right += weights[index] * samples[place + 2 * (index - 5) + 1]
            }
            highest = max(highest, abs(left), abs(right))
        }
        return highest
    }
}
