#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension WholeFile {
    /// Puts at `path` at once what `body` writes to an open file, as `save` does; for what is too large
    /// to be held in memory.
    ///
    /// - Parameter body: gets an open file, for writing, and does not close it. When it throws,
    ///   nothing is left behind.
    /// - Throws: `FileError`, or what `body` throws. What is no regular file is refused.
    package static func replace(
        _ path: String, by body: (_ file: CInt) throws -> Void
    ) throws {
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        guard !exists || kind == S_IFREG else {
            throw kind == S_IFDIR ? FileError.folder : FileError.noRegularFile
        }
        let path = exists ? target(of: path) : path
        let (file, temporary) = try openTemporary(beside: path)
        if exists { fchmod(file, status.st_mode & 0o777) }
        do {
            do {
                defer { close(file) }
                try body(file)
            }
            guard rename(temporary, path) == 0 else { throw FileError.latest }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Opens an empty file in the folder of `path`, for reading and writing, that no name leads to: it
    /// is gone when it is closed, or when the program ends. Who calls closes it.
    package static func openNameless(beside path: String) throws(FileError) -> CInt {
        let (file, temporary) = try openTemporary(beside: path)
        unlink(temporary)
        return file
    }
}
