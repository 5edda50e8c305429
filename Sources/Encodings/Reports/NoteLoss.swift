/// A way in which an encoding leaves a note out or changes it. Each encoding may have its own kinds,
/// in an extension.
package struct NoteLoss: Hashable, Sendable {
    package enum Effect: Int, Hashable, Sendable {
        /// The note is not in the text.
        case dropped
        /// The note is in the text, but not as it was.
        case changed
    }

    /// A short name for tables and scripts, such as "merged".
    package let name: String
    package let effect: Effect
    /// What follows "3 notes" in a sentence for people, such as "of drums left out".
    package let phrase: String

    package init(_ name: String, _ effect: Effect, phrase: String) {
        self.name = name
        self.effect = effect
        self.phrase = phrase
    }

    /// Drums have no pitch, and no place in the text.
    package static let drums = NoteLoss("drums", .dropped, phrase: "of drums left out")
    /// Of one key struck twice in a step the longest note stays.
    package static let merged = NoteLoss(
        "merged", .dropped,
        phrase: "left out where another strikes the same key in the same step")
    /// Moved into the range.
    package static let folded = NoteLoss(
        "folded", .changed, phrase: "outside the range moved by octaves")
    /// A key has to come up before it is struck again.
    package static let shortened = NoteLoss(
        "shortened", .changed, phrase: "ended early where their key is struck again")
}
