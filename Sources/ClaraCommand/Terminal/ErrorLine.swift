import Foundation

/// A failure that a shell itself finds: one sentence, what, where and what to do next.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What the program says about an error: `clara: ` and one line.
struct ErrorLine: CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        description = "clara: " + Self.text(of: error).onOneLine
    }

    /// Foundation's errors describe themselves for programmers; their localized text is for people.
    private static func text(of error: any Error) -> String {
        if type(of: error) is NSError.Type || error is CocoaError || error is POSIXError {
            return error.localizedDescription
        }
        return "\(error)"
    }
}
