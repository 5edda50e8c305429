#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files read and written whole.
package enum WholeFile {
    /// The bytes of a file or a pipe.
    ///
    /// - Parameter limit: the most bytes to read.
    /// - Throws: `FileError.larger` where there are more, before they fill the memory.
    package static func bytes(of path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .latestInReading }
        defer { close(file) }
        return try bytes(of: file, limit: limit)
    }

    /// The bytes of what was given to the program to read, within the same limit.
    package static func bytesOfStandardInput(limit: Int) throws(FileError) -> [UInt8] {
        try bytes(of: STDIN_FILENO, limit: limit)
    }

    private static func bytes(of file: CInt, limit: Int) throws(FileError) -> [UInt8] {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .latest }
        if status.st_mode & S_IFMT == S_IFDIR { throw .folder }
        var bytes: [UInt8] = []
        let expected = min(max(Int(status.st_size), 0), limit)
        while bytes.count <= limit {
            // One byte more than expected, so that the second read is the one that finds the end.
            let more = try chunk(of: file, count: max(expected - bytes.count + 1, 1 << 12))
            if more.isEmpty { return bytes }
            if bytes.isEmpty { bytes = more } else { bytes += more }
        }
        throw .larger(thanBytes: limit)
    }

    /// At most `count` bytes; none at the end.
    private static func chunk(of file: CInt, count: Int) throws(FileError) -> [UInt8] {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            repeat { got = read(file, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            initialized = max(got, 0)
        }
        guard got >= 0 else { throw .latest }
        return bytes
    }

    /// Puts `bytes` at `path` at once: readers see the former file or the whole new one, and nothing
    /// is left behind on failure. A link stays a link, and a file keeps its permissions. What is no
    /// regular file (a pipe, a device) is written to as it is.
    package static func save(_ bytes: [UInt8], to path: String) throws(FileError) {
        var status = stat()
        let exists = stat(path, &status) == 0
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            if status.st_mode & S_IFMT == S_IFDIR { throw .folder }
            let file = open(path, O_WRONLY | O_CLOEXEC)
            guard file >= 0, append(bytes, to: file) else { throw .latest }
            return
        }
        let path = exists ? target(of: path) : path
        let (file, temporary) = try openTemporary(beside: path)
        if exists { fchmod(file, status.st_mode & 0o777) }
        guard append(bytes, to: file), rename(temporary, path) == 0 else {
            let error = FileError.latest
            unlink(temporary)
            throw error
        }
    }

    /// What a link leads to.
    static func target(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// A new file in the folder of `path`, for reading and writing.
    static func openTemporary(
        beside path: String
    ) throws(FileError) -> (file: CInt, path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for attempt in 0..<1000 {
            let temporary = "\(folder).clara-\(getpid())-\(attempt).tmp"
            let file = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if file >= 0 { return (file, temporary) }
            if errno != EEXIST { break }
        }
        throw .latest
    }

    /// Writes everything and closes the file; false where the system refuses.
    private static func append(_ bytes: [UInt8], to file: CInt) -> Bool {
        let isWritten = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let chunk = UnsafeRawBufferPointer(rebasing: rest)
                let count = write(file, chunk.baseAddress, chunk.count)
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
}
