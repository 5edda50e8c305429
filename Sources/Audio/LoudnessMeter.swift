import CEBUR128

/// Integrated loudness as EBU R 128 has it, by libebur128.
///
/// Specification: *Loudness normalisation and permitted maximum level of audio signals*, EBU R 128, and
/// ITU-R BS.1770.
package final class LoudnessMeter {
    private var state: UnsafeMutablePointer<ebur128_state>?

    /// - Parameter hasTruePeak: whether `truePeak` is measured as well, which takes five times as long.
    package init(sampleRate: Int, hasTruePeak: Bool = false) throws(SoundError) {
        let mode =
            EBUR128_MODE_I.rawValue | (hasTruePeak ? EBUR128_MODE_TRUE_PEAK.rawValue : 0)
        state = ebur128_init(2, UInt(sampleRate), Int32(mode))
        guard state != nil else { throw .library(name: "libebur128", reason: "no meter") }
    }

    deinit { ebur128_destroy(&state) }

    /// - Parameter samples: frames of two channels, interleaved.
    package func add(_ samples: [Float]) throws(SoundError) {
        guard ebur128_add_frames_float(state, samples, samples.count / 2) == 0 else {
            throw .library(name: "libebur128", reason: "it took no more samples")
        }
    }

    /// In LUFS; −∞ for what is shorter than 400 ms or as good as silent.
    package var loudness: Double {
        var value = -Double.infinity
        guard ebur128_loudness_global(state, &value) == 0 else { return -.infinity }
        return value
    }

    /// The highest of both channels, as a factor of full scale.
    package var truePeak: Double {
        (0..<2).map { channel in
            var value = 0.0
            ebur128_true_peak(state, UInt32(channel), &value)
            return value
        }.max() ?? 0
    }
}
