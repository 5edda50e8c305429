import Clara

/// What `clara render` says at its end.
struct RenderResult: Encodable {
    let file: String
    let soundFont: String
    /// Of sound, the last notes' fading with it.
    let seconds: Double
    let sampleRate: Int
    /// Nil where there is loss.
    let bits: Int?
    /// LUFS, integrated; nil for a piece too short to have a loudness.
    let loudness: Double?
    /// dBTP
    let truePeak: Double
    /// dB by which the loudest peak was lowered.
    let peakReduction: Double
    let elapsed: Double
    /// How many times faster than playing it.
    let speed: Double
    /// What was repaired in the piece.
    let repairs: [String]

    init(_ sound: RenderedSound, soundFont: SoundFont, repairs: [String]) {
        file = sound.path
        self.soundFont = soundFont.path
        seconds = sound.seconds
        sampleRate = sound.sampleRate
        bits = sound.format.depth?.rawValue
        loudness = sound.loudness.isFinite ? sound.loudness : nil
        truePeak = sound.truePeak
        peakReduction = sound.peakReduction
        elapsed = sound.elapsed
        speed = sound.speed
        self.repairs = repairs
    }

    /// For people.
    var summary: String {
        var levels = ["peak \(truePeak.rounded(to: 1)) dBTP"]
        if let loudness { levels.insert("\(loudness.rounded(to: 1)) LUFS", at: 0) }
        if peakReduction >= 0.05 {
            levels.append("peaks lowered by \(peakReduction.rounded(to: 1)) dB at most")
        }
        return repairs.map { "repaired: \($0)\n" }.joined()
            + "\(file): \(seconds.rounded(to: 1)) s in \(elapsed.rounded(to: 2)) s "
            + "(\(speed.rounded(to: 0)) times as fast as playing it)\n"
            + levels.joined(separator: ", ") + "; \(soundFont)"
    }
}
