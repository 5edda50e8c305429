/// The transpositions of Clara's augmentation, into all twelve keys.
package enum TwelveKeys {
    /// In semitones, none of them the farther way around.
    package static let shifts = -5...6
}

extension MusicEncoding {
    /// The same music in the key of a variant, 0…11: shifted by 0, 1, … 6, −5, … −1 semitones.
    package func transpose(_ tokens: [Int], toVariant variant: Int) -> [Int] {
        let shifts = TwelveKeys.shifts
        let shift = variant <= shifts.upperBound ? variant : variant - shifts.count
        return shift == 0 ? tokens : transpose(tokens, by: shift)
    }
}
