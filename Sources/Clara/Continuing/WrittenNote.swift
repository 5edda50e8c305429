import Score

/// A note of a take that is being written.
package struct WrittenNote: Hashable, Sendable {
    /// Whose part of the finished take it is.
    package enum Part: Hashable, Sendable {
        /// One of the prompt's that have notes and are no drums, by its index among them.
        case given(Int)
        /// A new part of this General MIDI program.
        case new(program: Int)
    }

    /// Counts the take's notes from 0.
    package let id: Int
    package let part: Part
    /// In the take's ticks; as short as can be while it is open.
    package let note: Note
    /// Whether it still sounds: it is told again when its end is known.
    package let isOpen: Bool
}
