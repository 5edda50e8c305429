import Foundation

/// Keeps a second run from training to the same output: a lock on a small file beside it.
///
/// The system lets go of the lock when the program ends in whatever way, so none is ever left over; the
/// empty file may be, after `kill -9`, and does nothing then. Where the file system knows no locks,
/// nothing is kept.
final class OutputLock {
    private let path: String
    private let file: Int32

    /// - Throws: `TrainingRunError.running` when another run holds the lock, and
    ///   `OutputError.unwritable` when the file cannot be made.
    init(output: String) throws {
        path = output + ".lock"
        while true {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard file >= 0 else {
                throw OutputError.unwritable(path: path, reason: String(cString: strerror(errno)))
            }
            if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                close(file)
                throw TrainingRunError.running(output: output)
            }
            // Another run may have ended and removed the file between the two calls.
            if Self.isFile(file, at: path) {
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

    private static func isFile(_ file: Int32, at path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(file, &opened) == 0 && stat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }
}
