/// The words that every benchmark's text begins with: the start, then how far the piece was
/// transposed, which the network is told.
///
/// Training moves a piece to all of twelve keys. What is measured stands as it is, and says so by the
/// same word, unless the mean over the keys is asked for.
package enum Transposition {
    /// In semitones.
    package static let shifts = -5...6
    package static let start: Int32 = 0
    /// A word for each shift.
    package static let words: Range<Int32> = 1..<Int32(1 + shifts.count)
    /// Where a benchmark's own words begin.
    static let firstFreeID = Int(words.upperBound)

    package static func word(for shift: Int) -> Int32 {
        precondition(shifts.contains(shift), "no such transposition")
        return words.lowerBound + Int32(shift - shifts.lowerBound)
    }

    /// Nil where the token is no such word.
    package static func shift(ofWord token: Int) -> Int? {
        words.contains(Int32(token)) ? token - Int(words.lowerBound) + shifts.lowerBound : nil
    }

    /// What pitches of the range become in all of the keys.
    static func range(of pitches: ClosedRange<Int>) -> ClosedRange<Int> {
        let lowest = pitches.lowerBound + shifts.lowerBound
        return lowest...pitches.upperBound + shifts.upperBound
    }

    /// The shifts, a piece as it stands first.
    package static let allKeys = Array(0...shifts.upperBound) + Array(shifts.lowerBound..<0)
}
