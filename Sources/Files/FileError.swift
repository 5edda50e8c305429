#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why a file cannot be read or written, without its path: those who call know what the file is to
/// them, and say what to do next.
package enum FileError: Error, Hashable, CustomStringConvertible {
    case missing
    case folder
    /// Neither a regular file nor a folder, where only a regular file will do.
    case noRegularFile
    /// Something else is where a folder is to be.
    case inTheWay
    case larger(thanBytes: Int)
    /// The system's reason.
    case system(String)

    /// What the system call just made says.
    static var latest: FileError { .system(String(cString: strerror(errno))) }

    /// The same, where a file was to be opened for reading.
    static var latestInReading: FileError {
        switch errno {
        case ENOENT, ENOTDIR: .missing
        case EACCES: .system("permission denied")
        default: latest
        }
    }

    package var description: String {
        switch self {
        case .missing: "there is no such file"
        case .folder: "it is a folder"
        case .noRegularFile: "it is no regular file"
        case .inTheWay: "a file is in its way"
        case .larger(let size): "it is larger than \(size >> 20) MiB"
        case .system(let reason): reason
        }
    }
}
