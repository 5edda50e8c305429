import Foundation

/// The program's two streams of text: results go to standard output, progress to standard error, and
/// only where that is a terminal.
struct Terminal: Sendable {
    /// Whether somebody watches standard error: progress and remarks are for people only.
    let isWatched: Bool

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        isWatched = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal on standard error; 80 where it does not tell.
    var width: Int {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }

    /// Writes a line of the result to standard output at once.
    ///
    /// - Throws: a failure with the system's reason, as when the disk is full.
    func say(_ line: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            throw Failure(
                "standard output: cannot be written: \(Self.reason(error)); send it somewhere else")
        }
    }

    /// The system's, where Foundation hands it on.
    private static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        return cause.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(CInt(cause.code))) : "the system refuses"
    }

    /// Writes a line to standard error.
    func remark(_ line: String) {
        writeError(line + "\n")
    }

    /// Nothing can be done where standard error itself fails.
    func writeError(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
