import CSndFile

/// Writes a sound file through libsndfile.
final class SoundFileWriter {
    /// Frames that are handed over at once: libvorbis keeps what it gets on the stack.
    private static let portion = 1024
    /// Of Vorbis, 0…1: about 190 kbit a second.
    private static let vorbisQuality = 0.6

    private let path: String
    /// Nil once the file is complete.
    private var handle: OpaquePointer?

    /// - Parameters:
    ///   - file: open for writing; it is not closed here.
    ///   - path: as shown in errors.
    init(_ file: CInt, path: String, format: SoundFormat) throws(SoundError) {
        self.path = path
        var info = SF_INFO()
        info.samplerate = Int32(Synthesizer.sampleRate)
        info.channels = 2
        info.format = Int32(format.sndFileFormat)
        guard let handle = sf_open_fd(file, Int32(SFM_WRITE), &info, 0) else {
            throw .library(name: "libsndfile", reason: String(cString: sf_strerror(nil)))
        }
        self.handle = handle
        if format.container == .ogg {
            var quality = Self.vorbisQuality
            sf_command(
                handle, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality,
                Int32(MemoryLayout<Double>.size))
        }
        // What rounding would carry past full scale stays there.
        sf_command(handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
        sf_set_string(handle, Int32(SF_STR_SOFTWARE), "Clara")
    }

    deinit {
        if let handle { sf_close(handle) }
    }

    /// - Parameter samples: frames of two channels, interleaved, −1…1.
    func add(_ samples: [Float]) throws(SoundError) {
        let isWritten = samples.withUnsafeBufferPointer { samples in
            stride(from: 0, to: samples.count, by: 2 * Self.portion).allSatisfy { start in
                let portion = samples[start..<min(start + 2 * Self.portion, samples.count)]
                let frames = sf_count_t(portion.count / 2)
                let base = UnsafeBufferPointer(rebasing: portion).baseAddress
                return sf_writef_float(handle, base, frames) == frames
            }
        }
        guard isWritten else {
            throw .unwritable(file: path, reason: String(cString: sf_strerror(handle)))
        }
    }

    /// Writes what is still to be written, the header among it. The last call.
    func close() throws(SoundError) {
        sf_write_sync(handle)
        defer { handle = nil }
        guard sf_close(handle) == 0 else {
            throw .unwritable(file: path, reason: "its end could not be written")
        }
    }
}

extension SoundFormat {
    fileprivate var sndFileFormat: Int {
        let major =
            switch container {
            case .wav: SF_FORMAT_WAV
            case .flac: SF_FORMAT_FLAC
            case .ogg: SF_FORMAT_OGG
            }
        let minor =
            switch depth {
            case nil: SF_FORMAT_VORBIS
            case .sixteen: SF_FORMAT_PCM_16
            case .twentyFour: SF_FORMAT_PCM_24
            }
        return major | minor
    }
}
