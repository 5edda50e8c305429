/// Clara's two classes of instruments (Christine Payne, 2018).
package enum InstrumentClass: String, Hashable, Sendable, CaseIterable {
    /// Strings, winds and voices; "v" in the texts.
    case violinLike = "v"
    /// Keyboards, mallets and the harp; "p" in the texts.
    case pianoLike = "p"

    /// The class of a General MIDI program, 0…127; nil for guitars, basses, plucked instruments of
    /// the world, synthesisers, timpani and effects, which are neither.
    package init?(program: Int) {
        switch program {
        // Pianos, mallets, organs, accordion, bandoneon; harp.
        case 0...21, 23, 46: self = .pianoLike
        // Harmonica; bowed strings; ensembles and voices; brass, reeds, pipes; bagpipe, fiddle, shawm.
        case 22, 40...45, 48...54, 56...79, 109...111: self = .violinLike
        default: return nil
        }
    }

    /// What plays its part of a duet where nothing else is known.
    package var standard: Instrument { Instrument(name: name, program: program) }

    /// The General MIDI program of decoded music: violin or acoustic grand piano.
    package var program: Int { self == .violinLike ? 40 : 0 }

    /// The name of decoded music's part.
    package var name: String { self == .violinLike ? "Violin" : "Piano" }

    /// The lowest MIDI note: a violin's G string is 55, a piano has all of a range.
    package var lowest: Int { self == .violinLike ? 55 : 0 }
}
