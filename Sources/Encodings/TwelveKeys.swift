/// The transpositions of Clara's augmentation, into all twelve keys.
package enum TwelveKeys {
    /// In semitones, none of them the farther way around.
    package static let shifts = -5...6

    /// The shifts in the order of variants: 0, 1, … 6, −5, … −1 semitones.
    package static func shift(ofVariant variant: Int) -> Int {
        variant <= shifts.upperBound ? variant : variant - shifts.count
    }
}
