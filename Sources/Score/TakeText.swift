/// The text in a score that says that Clara wrote the piece, or went on with it, and how.
package enum TakeText {
    /// What stands before the settings, a JSON object.
    package static let mark = "Clara "

    package static func isOne(_ text: String) -> Bool { text.hasPrefix(mark + "{") }
}
