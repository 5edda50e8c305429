import Files

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Frames of two channels in a file without a name, so that long pieces need little memory.
final class SampleStore {
    private static let frameSize = 2 * MemoryLayout<Float>.size

    /// What the store is for, as shown in errors.
    private let target: String
    private let file: CInt
    private(set) var count = 0

    /// - Parameter target: the file that the samples are for; the store lies beside it.
    init(beside target: String) throws(SoundError) {
        self.target = target
        do {
            file = try WholeFile.openNameless(beside: target)
        } catch {
            throw .unwritable(file: target, reason: "\(error)")
        }
    }

    deinit { close(file) }

    func append(_ samples: [Float]) throws(SoundError) {
        let isWritten = samples.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(
                    file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                rest = rest.dropFirst(written)
            }
            return true
        }
        guard isWritten else {
            throw .unwritable(file: target, reason: String(cString: strerror(errno)))
        }
        count += samples.count / 2
    }

    /// The frames of `range`, interleaved; zeros where it leaves the store.
    func frames(_ range: Range<Int>) throws(SoundError) -> [Float] {
        let inside = range.clamped(to: 0..<count)
        var samples = [Float](repeating: 0, count: 2 * range.count)
        guard !inside.isEmpty else { return samples }
        let isRead = samples.withUnsafeMutableBytes { bytes in
            let from = (inside.lowerBound - range.lowerBound) * Self.frameSize
            var rest = bytes[from..<from + inside.count * Self.frameSize]
            var offset = inside.lowerBound * Self.frameSize
            while !rest.isEmpty {
                let buffer = UnsafeMutableRawBufferPointer(rebasing: rest)
                let got = pread(file, buffer.baseAddress, buffer.count, off_t(offset))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return false }
                rest = rest.dropFirst(got)
                offset += got
            }
            return true
        }
        guard isRead else {
            throw .unwritable(file: target, reason: String(cString: strerror(errno)))
        }
        return samples
    }
}
