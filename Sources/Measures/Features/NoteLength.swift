import Foundation

/// The note values that lengths are counted as, after Yang and Lerch 2018.
enum NoteLength {
    /// In quarters: whole to sixteenth, dotted half to dotted sixteenth, triplets of half, quarter and
    /// eighth.
    private static let values: [Double] = [
        4, 2, 1, 0.5, 0.25, 3, 1.5, 0.75, 0.375, 4.0 / 3, 2.0 / 3, 1.0 / 3,
    ]
    static let count = values.count

    private static let logarithms = values.map { log2($0) }

    /// The number of the value that is nearest by proportion.
    static func nearest(toQuarters quarters: Double) -> Int {
        let wanted = log2(max(quarters, 1e-6))
        var nearest = 0
        for (index, value) in logarithms.enumerated()
        where abs(value - wanted) < abs(logarithms[nearest] - wanted) {
            nearest = index
        }
        return nearest
    }
}
