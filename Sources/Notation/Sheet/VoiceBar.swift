import Score

/// One voice of a staff in one bar: events from bar line to bar line.
package struct VoiceBar: Hashable, Sendable {
    /// 0…3: first and third with stems up, fourth and second down.
    package let voice: Int
    package var events: [Event]

    /// What the voice does at one time.
    package struct Event: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case notes, rest
            /// A rest that is not printed.
            case gap
        }

        package let kind: Kind
        /// In fine ticks from the bar line.
        package let start: Int
        package let length: Int
        /// Nil for a rest of a whole bar, a gap, and a grace note.
        package let value: NoteValue?
        package var tuplet: TupletMark?
        package var heads: [Head] = []
        package var beams: [Beam] = []

        package var end: Int { start + length }
        /// Notes without length, played before what follows.
        package var isGrace: Bool { kind == .notes && length == 0 }
    }

    /// A note of a chord.
    package struct Head: Hashable, Sendable {
        package let pitch: SpelledPitch
        package let isTiedFromBefore: Bool
        package let isTiedOn: Bool
        package var accidental: Accidentals.Mark?
    }

    /// An event's place in its tuplet.
    package struct TupletMark: Hashable, Sendable {
        package let actual: Int
        package let normal: Int
        package let unit: NoteValue
        package let isFirst: Bool
        package let isLast: Bool
        /// Where all its notes hang on one beam it needs no bracket.
        package var hasBracket = true
    }

    package enum Beam: String, Hashable, Sendable {
        case begin, `continue`, end
        case forwardHook = "forward hook"
        case backwardHook = "backward hook"
    }
}
