/// WAV files of one channel and 16 bits (*Multimedia Programming Interface and Data Specifications 1.0*,
/// IBM and Microsoft, 1991).
enum WaveFile {
    /// - Parameter samples: −1…1.
    static func bytes(_ samples: [Float], sampleRate: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44 + 2 * samples.count)
        func append(_ value: Int, _ count: Int) {
            for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
        }
        bytes += "RIFF".utf8
        append(36 + 2 * samples.count, 4)
        bytes += "WAVEfmt ".utf8
        append(16, 4)
        append(1, 2)
        append(1, 2)
        append(sampleRate, 4)
        append(2 * sampleRate, 4)
        append(2, 2)
        append(16, 2)
        bytes += "data".utf8
        append(2 * samples.count, 4)
        for sample in samples { append(Int((sample * 32_767).rounded()), 2) }
        return bytes
    }
}
