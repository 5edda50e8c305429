/// Why music cannot be written as a score.
package enum NotationError: Error, Hashable, CustomStringConvertible {
    /// No part has a note that is no drum.
    case noNotes
    case tooManyBars(Int, limit: Int)

    package var description: String {
        switch self {
        case .noNotes:
            "there are no notes to write down (drums are left out); choose a file with pitched parts"
        case .tooManyBars(let bars, let limit):
            "the music has \(bars) bars, and more than \(limit) are not written down; cut the file"
        }
    }
}
