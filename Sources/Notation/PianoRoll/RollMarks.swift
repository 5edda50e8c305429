import Score

/// Passages of a piano roll that are tinted, each as strongly as something is true of it.
public struct RollMarks: Hashable, Sendable {
    /// A tinted passage.
    public struct Mark: Hashable, Sendable {
        public let range: Range<Ticks>
        /// How strong the tint is, 0…1.
        public let strength: Double
        /// Stands below it, such as “12 %”.
        public let label: String

        public init(_ range: Range<Ticks>, strength: Double, label: String) {
            self.range = range
            self.strength = min(1, max(0, strength))
            self.label = label
        }
    }

    /// What the tint says, for the legend.
    public let meaning: String
    public let marks: [Mark]

    public init(meaning: String, marks: [Mark]) {
        self.meaning = meaning
        self.marks = marks
    }
}
