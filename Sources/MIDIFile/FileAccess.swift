#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Whole files, with errors that say what is wrong.
enum FileAccess {
    private static var systemReason: String { String(cString: strerror(errno)) }

    /// The bytes of a file or a pipe, at most `MIDIFile.maximumFileSize`.
    static func bytes(of path: String) throws(MIDIFileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw MIDIFileError(file: path, reason: .unreadable(systemReason))
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            throw MIDIFileError(file: path, reason: .unreadable(systemReason))
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw MIDIFileError(file: path, reason: .folder)
        }
        var bytes: [UInt8] = []
        let expected = min(max(Int(status.st_size), 0), MIDIFile.maximumFileSize)
        while bytes.count <= MIDIFile.maximumFileSize {
            // One byte more than expected, so that the second read is the one that finds the end.
            let want = max(expected - bytes.count + 1, 1 << 12)
            let (more, got) = try chunk(of: file, count: want, path: path)
            if got == 0 { return bytes }
            if bytes.isEmpty { bytes = more } else { bytes += more }
        }
        throw MIDIFileError(file: path, reason: .tooLarge)
    }

    private static func chunk(
        of file: CInt, count: Int, path: String
    ) throws(MIDIFileError) -> (bytes: [UInt8], got: Int) {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            repeat { got = read(file, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            initialized = max(got, 0)
        }
        guard got >= 0 else {
            throw MIDIFileError(file: path, reason: .unreadable(systemReason))
        }
        return (bytes, got)
    }

    /// Puts `bytes` at `path` at once: readers see the former file or the whole new one. What is no
    /// regular file (a pipe, a device) is written to as it is.
    static func write(_ bytes: [UInt8], to path: String) throws(MIDIFileError) {
        func failure() -> MIDIFileError {
            MIDIFileError(file: path, reason: .unwritable(systemReason))
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            if status.st_mode & S_IFMT == S_IFDIR {
                throw MIDIFileError(file: path, reason: .folder)
            }
            let file = open(path, O_WRONLY | O_CLOEXEC)
            guard file >= 0, append(bytes, to: file) else { throw failure() }
            return
        }
        let (file, temporary) = try openTemporary(beside: path)
        guard append(bytes, to: file), rename(temporary, path) == 0 else {
            let error = failure()
            unlink(temporary)
            throw error
        }
    }

    /// A new file in the folder of `path`.
    private static func openTemporary(
        beside path: String
    ) throws(MIDIFileError) -> (file: CInt, path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for attempt in 0..<1000 {
            let temporary = "\(folder).clara-\(getpid())-\(attempt).tmp"
            let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if file >= 0 { return (file, temporary) }
            if errno != EEXIST { break }
        }
        throw MIDIFileError(file: path, reason: .unwritable(systemReason))
    }

    /// Writes everything and closes the file; false where the system refuses.
    private static func append(_ bytes: [UInt8], to file: CInt) -> Bool {
        let isWritten = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let chunk = UnsafeRawBufferPointer(rebasing: rest)
                let count = Self.write(chunk, to: file)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        guard isWritten else {
            let reason = errno
            close(file)
            errno = reason
            return false
        }
        return close(file) == 0
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: CInt) -> Int {
        #if canImport(Darwin)
            Darwin.write(file, bytes.baseAddress, bytes.count)
        #elseif canImport(Glibc)
            Glibc.write(file, bytes.baseAddress, bytes.count)
        #else
            Musl.write(file, bytes.baseAddress, bytes.count)
        #endif
    }
}
