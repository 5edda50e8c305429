import Foundation

/// How much alike two pieces are: the passage that they share, and what it is of each.
package struct Likeness: Hashable, Sendable, CustomStringConvertible {
    /// What the shared passage tells, as a share of what the shorter piece tells, 0…1.
    package let score: Double
    /// By how many semitones the second piece lies higher, −5…6; octaves do not count.
    package let transposition: Int
    /// Where the shared passage lies in either piece, in seconds from its first note.
    package let first, second: ClosedRange<Double>
    /// How much of either piece's moments is in the passage, 0…1.
    package let firstShare, secondShare: Double
    /// What the shared passage tells, as a share of what the longer piece tells: small where a passage
    /// is shared here and there only.
    package let longerScore: Double
    /// Bits that the passage tells.
    package let bits: Int

    /// How many times as long the passage takes in the second piece as in the first.
    package var tempoRatio: Double {
        let length = first.upperBound - first.lowerBound
        return length > 0 ? (second.upperBound - second.lowerBound) / length : 1
    }

    /// Whether a musician would call them the same piece.
    package var isDuplicate: Bool {
        bits > 0 && score >= Self.leastScore + Self.leastBits / Double(bits)
            && min(firstShare, secondShare) >= Self.leastShare
            && longerScore >= Self.leastLongerScore
    }

    /// What a long piece has to share; the shorter the passage, the more, as little is soon alike.
    private static let leastScore = 0.33
    private static let leastBits = 30.0
    /// A song in a potpourri is not the potpourri.
    private static let leastShare = 0.35
    /// Nor is a chorus the overture that takes themes from it.
    private static let leastLongerScore = 0.2

    /// The best passage in any key.
    package init(_ first: Fingerprint, _ second: Fingerprint) {
        let outlines = (Outline(first), Outline(second))
        let all = (0..<12).map { Likeness(outlines.0, outlines.1, transposition: $0) }
        self = all.max { $0.score < $1.score } ?? all[0]
    }

    /// - Parameter transposition: semitones, 0…11.
    init(_ first: Outline, _ second: Outline, transposition: Int) {
        let alignment = Alignment(first, second, transposition: transposition)
        let least = min(first.total, second.total)
        score = least > 0 ? min(Double(alignment.score) / Double(least), 1) : 0
        let most = max(first.total, second.total)
        longerScore = most > 0 ? Double(alignment.score) / Double(most) : 0
        self.transposition = transposition > 6 ? transposition - 12 : transposition
        self.first = first.seconds(of: alignment.first)
        self.second = second.seconds(of: alignment.second)
        firstShare = first.share(of: alignment.first)
        secondShare = second.share(of: alignment.second)
        bits = alignment.score / Outline.bit
    }

    /// One line for people, such as “0:00–1:35 (98 %) is 0:02–1:20 (95 %) 3 semitones higher, …”.
    package var description: String {
        func place(_ range: ClosedRange<Double>, _ share: Double) -> String {
            "\(Self.time(range.lowerBound))–\(Self.time(range.upperBound)) "
                + "(\(Int((share * 100).rounded())) %)"
        }
        let key =
            switch transposition {
            case 0: "in the same key"
            case 1...: "\(transposition) semitone\(transposition == 1 ? "" : "s") higher"
            default: "\(-transposition) semitone\(transposition == -1 ? "" : "s") lower"
            }
        return "\(place(first, firstShare)) is \(place(second, secondShare)) of the other \(key), "
            + String(format: "%.2f", tempoRatio) + " times as long; "
            + "\(Int((score * 100).rounded())) % alike"
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds)
        let rest = whole % 60
        return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}
