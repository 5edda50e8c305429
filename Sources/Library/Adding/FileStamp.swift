#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// By what a file is known to be unchanged without reading it.
struct FileStamp: Hashable, Sendable {
    /// Bytes.
    let size: Int64
    /// When it was last written, in nanoseconds since 1970.
    let modified: Int64

    /// Nil where there is no regular file: nothing, or what would have to be waited for, as a pipe.
    init?(ofFile path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    init(size: Int64, modified: Int64) {
        self.size = size
        self.modified = modified
    }
}
