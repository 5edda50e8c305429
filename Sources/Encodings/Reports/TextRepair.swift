/// A way in which decoding has to assume or ignore something. Each encoding may have its own kinds,
/// in an extension.
package struct TextRepair: Hashable, Sendable {
    /// A short name for tables and scripts, such as "unreleased".
    package let name: String
    /// What is counted, in the singular; an "s" makes the plural.
    package let noun: String
    /// What follows "3 notes" in a sentence for people.
    package let phrase: String

    package init(_ name: String, _ noun: String, phrase: String) {
        self.name = name
        self.noun = noun
        self.phrase = phrase
    }

    /// Notes whose length is the rule's, because no release was found.
    package static let unreleased = TextRepair(
        "unreleased", "note", phrase: "without a release given the default length")
    /// Releases of notes that do not sound.
    package static let unmatched = TextRepair(
        "unmatched", "release", phrase: "without a note ignored")
    /// Starts of a note that started in the same step.
    package static let repeated = TextRepair(
        "repeated", "repeated start", phrase: "in one step ignored")
}
