import Foundation
import Score

extension Excerpt {
    /// The pitch-class histogram entropy, H, of Wu and Yang, "The Jazz Transformer on the Front Line"
    /// (ISMIR 2020, section 5): how undecided music is about its key.
    ///
    /// For each window of `bars` bars, one beginning with each bar, the shares of the twelve pitch
    /// classes among the notes that begin there, and their entropy; the mean over the windows that have
    /// notes. An excerpt with fewer bars is one window.
    ///
    /// - Returns: bits, 0…log₂ 12 (3.585); nil without notes.
    package func pitchClassEntropy(ofBars count: Int) -> Double? {
        precondition(count >= 1, "a window has a bar")
        let windows = max(0, bars.count - count) + 1
        let entropies: [Double] = (0..<windows).compactMap { first in
            guard !bars.isEmpty else { return nil }
            let last = min(first + count, bars.count) - 1
            let window = bars[first].lowerBound..<bars[last].upperBound
            let counts = Self.pitchClassCounts(of: notes.filter { window.contains($0.onset) })
            return counts.contains { $0 > 0 } ? Self.entropy(of: counts) : nil
        }
        return entropies.isEmpty ? nil : entropies.mean
    }

    /// C first.
    static func pitchClassCounts(of notes: some Sequence<Note>) -> [Double] {
        var counts = [Double](repeating: 0, count: 12)
        for note in notes { counts[note.pitch.number % 12] += 1 }
        return counts
    }

    /// In bits.
    private static func entropy(of counts: [Double]) -> Double {
        let sum = counts.reduce(0, +)
        return counts.filter { $0 > 0 }.reduce(0) { $0 - $1 / sum * log2($1 / sum) }
    }
}
