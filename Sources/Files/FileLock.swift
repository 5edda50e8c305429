#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Keeps a second run from the same output: a lock on a small file, for as long as it lives.
///
/// The system lets go of the lock when the program ends in whatever way, so none is ever left over; the
/// empty file may be, after `kill -9`, and does nothing then. Where the file system knows no locks,
/// nothing is kept.
package final class FileLock: Sendable {
    private let path: String
    private let file: CInt

    /// Nil when somebody else holds the lock.
    ///
    /// - Throws: `FileError` when the file cannot be made.
    package init?(path: String) throws(FileError) {
        while true {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw .latest }
            if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                close(file)
                return nil
            }
            // Another run may have ended and removed the file between the two calls.
            if Self.isFile(file, at: path) {
                self.path = path
                self.file = file
                return
            }
            close(file)
        }
    }

    deinit {
        unlink(path)
        close(file)
    }

    private static func isFile(_ file: CInt, at path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(file, &opened) == 0 && stat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }
}
