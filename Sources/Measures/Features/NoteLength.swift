import Foundation

/// The note values that lengths are counted as, after Yang and Lerch 2018.
enum NoteLength {
    private static let values: [(title: String, quarters: Double)] = [
        ("whole", 4), ("half", 2), ("quarter", 1), ("eighth", 0.5), ("sixteenth", 0.25),
        ("dotted half", 3), ("dotted quarter", 1.5), ("dotted eighth", 0.75),
        ("dotted sixteenth", 0.375), ("half triplet", 4.0 / 3), ("quarter triplet", 2.0 / 3),
        ("eighth triplet", 1.0 / 3),
    ]
    static let count = values.count
    /// For people.
    static let titles = values.map(\.title)

    private static let logarithms = values.map { log2($0.quarters) }

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
