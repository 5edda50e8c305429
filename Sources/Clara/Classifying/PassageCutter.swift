import Encodings
import MIDIFile
import Score

/// Some bars of a piece as a text of their own.
package struct CutPassage: Hashable, Sendable {
    /// Counted from 1, in the piece.
    package let bars: ClosedRange<Int>
    /// Its bar lines, in the score's ticks.
    package let range: Range<Ticks>
    /// Token ids after the start token; there is no end token, as the piece may go on.
    package let tokens: [Int]
}

/// Cuts pieces into passages of so many bars, which classifiers read one by one.
///
/// They are notes and meter only: loudness, tempo and pedal tell performances from engraved scores, and so
/// one collection from another, rather than composers or people.
package struct PassageCutter: Sendable {
    let encoding: any MusicEncoding
    /// Bars of a passage.
    let bars: Int

    package init(encoding: any MusicEncoding, bars: Int) {
        self.encoding = encoding
        self.bars = bars
    }

    /// The most tokens of a passage; what is more is not read.
    private static let tokenLimit = 1_024

    /// Passages from the first note on; where nothing begins for a while, the next one begins with the bar
    /// of the next note. A last one of less than half the bars is left out, unless it is the only one.
    ///
    /// - Parameters:
    ///   - range: what begins there only, from a bar line to a bar line; all of the piece if nil.
    ///   - limit: the most passages; where there are more, as many of them at equal distances.
    package func passages(
        of score: Score, in range: Range<Ticks>? = nil, atMost limit: Int = 256
    ) -> [CutPassage] {
        let places = places(of: score, in: range ?? .zero..<score.end)
        let count = min(limit, places.count)
        return (0..<count).compactMap { index in
            passage(of: score, at: places[(2 * index + 1) * places.count / (2 * count)])
        }
    }

    /// The texts of a file's passages; none where it cannot be read.
    func passages(ofFile path: String, atMost limit: Int) -> [[Int]] {
        guard let (score, _) = try? MIDIFile.read(contentsOf: path) else { return [] }
        return passages(of: score, atMost: limit).map(\.tokens)
    }

    private func passage(of score: Score, at place: Range<Ticks>) -> CutPassage? {
        let tokens = encoding.encode(score.excerpt(place).unperformed).tokens
        guard encoding.noteCount(of: tokens) > 0 else { return nil }
        func barsBefore(_ tick: Ticks) -> Int {
            score.meterMap.barCount(before: tick, ticksPerQuarter: score.ticksPerQuarter)
        }
        let first = barsBefore(place.lowerBound) + 1
        return CutPassage(
            bars: first...max(first, barsBefore(place.upperBound)), range: place,
            tokens: Array(tokens.prefix(Self.tokenLimit)))
    }

    private func places(of score: Score, in range: Range<Ticks>) -> [Range<Ticks>] {
        let (meters, ticks) = (score.meterMap, score.ticksPerQuarter)
        let onsets = score.parts.filter { !$0.isDrums }.flatMap(\.notes).map(\.onset)
            .filter(range.contains).sorted()
        var places: [Range<Ticks>] = []
        var next = onsets.startIndex
        while next < onsets.endIndex {
            let start = meters.barLine(atOrBefore: onsets[next], ticksPerQuarter: ticks)
            let full = meters.barLine(bars, after: start, ticksPerQuarter: ticks)
            let last = onsets[next...].prefix { $0 < full }
            next = last.endIndex
            let isLast = next == onsets.endIndex
            let end = isLast ? barLine(after: onsets[next - 1], in: score) : full
            let half = meters.barLine((bars + 1) / 2, after: start, ticksPerQuarter: ticks)
            if !isLast || end >= half || places.isEmpty { places.append(start..<end) }
        }
        return places
    }

    private func barLine(after tick: Ticks, in score: Score) -> Ticks {
        score.meterMap.barLine(
            1,
            after: score.meterMap.barLine(atOrBefore: tick, ticksPerQuarter: score.ticksPerQuarter),
            ticksPerQuarter: score.ticksPerQuarter)
    }
}

extension Score {
    /// All notes equally loud, at one tempo, without pedal.
    fileprivate var unperformed: Score {
        Score(
            ticksPerQuarter: ticksPerQuarter, meterMap: meterMap,
            parts: parts.map { part in
                Part(
                    name: part.name, program: part.program, isDrums: part.isDrums,
                    notes: part.notes.map {
                        Note(pitch: $0.pitch, onset: $0.onset, duration: $0.duration)
                    })
            })
    }
}
