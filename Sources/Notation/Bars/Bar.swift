import Score

/// A bar of the score as it is written.
package struct Bar: Hashable, Sendable {
    /// In fine ticks from the start of the score.
    package let start: Int
    /// How long it is; less than its meter says in an upbeat, or before a change of meter.
    package let length: Int
    package let meter: Meter
    /// As printed; 0 for an upbeat.
    package let number: Int
    package let isUpbeat: Bool
    package let key: KeySignature

    var end: Int { start + length }

    /// Whether it is as long as its meter says.
    var isFull: Bool { length == fullLength }

    /// Where the bar's start lies in its meter's tree: the last beats of it in an upbeat.
    var offset: Int { isUpbeat ? fullLength - length : 0 }

    private var fullLength: Int { FineTime.whole / meter.denominator * meter.numerator }
}
