/// The transpositions of Clara's augmentation, into all twelve keys.
package enum TwelveKeys {
    /// In semitones, none of them the farther way around.
    package static let shifts = -5...6
}
