/// What begins at one moment of a piece, as far as it stays the same in other octaves: the pitch
/// classes struck, and which are the highest and the lowest note's.
struct Moment: Hashable, Sendable {
    /// The pitch classes, one bit each; never empty.
    let pitchClasses: UInt16
    /// Pitch classes of the highest and of the lowest note, 0…11; both are in `pitchClasses`.
    let highest, lowest: UInt8
    /// No note struck earlier still sounds above the highest: it belongs to the melody.
    let isMelody: Bool
    /// No note struck earlier still sounds below the lowest: it belongs to the bass.
    let isBass: Bool
    /// Hundredths of a second since the moment before, at most 65,535.
    let wait: UInt16

    init(
        pitchClasses: UInt16, highest: UInt8, lowest: UInt8, isMelody: Bool, isBass: Bool,
        wait: UInt16
    ) {
        precondition(
            pitchClasses < 4096 && highest < 12 && lowest < 12
                && pitchClasses >> highest & 1 == 1 && pitchClasses >> lowest & 1 == 1,
            "a moment's outer notes are among its pitch classes")
        self.pitchClasses = pitchClasses
        self.highest = highest
        self.lowest = lowest
        self.isMelody = isMelody
        self.isBass = isBass
        self.wait = wait
    }
}
