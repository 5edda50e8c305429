#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file's bytes as the operating system maps them: pages are read when first touched, and shared
/// by all who map the file.
///
/// By `mmap` itself, as Foundation for Linux reads the whole file where it is asked to map it.
/// Safe to share between threads: the bytes are never written, and the object never changes.
package final class MappedFile: @unchecked Sendable {
    /// Valid as long as this object lives.
    package let bytes: UnsafeRawBufferPointer

    package init(path: String) throws(FileError) {
        // Without O_NONBLOCK the opening of a pipe would wait for a writer.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .latestInReading }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .latest }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG else { throw kind == S_IFDIR ? .folder : .noRegularFile }
        let count = Int(status.st_size)
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
        guard let base, base != MAP_FAILED else { throw .latest }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
    }

    deinit {
        if let base = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
        }
    }
}
