/// What begins at one moment of a piece: the highest and the lowest note struck, and whether they are
/// the outer voices of all that sounds.
struct Moment: Hashable, Sendable {
    /// MIDI note numbers, `lowest` ≤ `highest`.
    let highest, lowest: UInt8
    /// No note struck earlier still sounds above `highest`: it belongs to the melody.
    let isMelody: Bool
    /// No note struck earlier still sounds below `lowest`: it belongs to the bass.
    let isBass: Bool
    /// Hundredths of a second since the moment before, at most 65,535.
    let wait: UInt16
}
