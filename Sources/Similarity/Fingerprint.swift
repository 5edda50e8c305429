import Score

/// The outline by which a piece is known again in another key, tempo, edition or performance: what is
/// struck highest and lowest, moment by moment.
///
/// It depends on the score only. Drums are left out. Of very long music the first `maximumMoments`
/// count. Comparing is `Likeness`' and `Duplicates`' business.
package struct Fingerprint: Hashable, Sendable {
    /// Which way of making fingerprints this is; those of another version cannot be compared.
    package static let version = 1
    /// Half an hour of dense music.
    package static let maximumMoments = 16_384
    /// Notes that begin within this many seconds of a moment's first belong to it: a chord that is
    /// played, not calculated, is a little spread.
    static let spread = 0.035
    /// A held note that ends within this many seconds of the next one's start makes way for it.
    static let overlap = 0.08

    let moments: [Moment]

    init(moments: [Moment]) { self.moments = moments }

    package init(of score: Score) {
        var notes: [Sounding] = []
        notes.reserveCapacity(score.noteCount)
        for part in score.parts where !part.isDrums {
            for note in part.notes {
                notes.append(
                    Sounding(
                        onset: score.seconds(at: note.onset), end: score.seconds(at: note.end),
                        pitch: note.pitch.number))
            }
        }
        notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        moments = Self.moments(of: notes)
    }

    private struct Sounding {
        let onset, end: Double
        let pitch: Int
    }

    /// Linear in the notes.
    private static func moments(of notes: [Sounding]) -> [Moment] {
        var moments: [Moment] = []
        // When each key's last note ends.
        var ends = [Double](repeating: -1, count: 128)
        var start = 0
        var previous = notes.first?.onset ?? 0
        while start < notes.count, moments.count < maximumMoments {
            let onset = notes[start].onset
            var (lowest, highest, next) = (127, 0, start)
            while next < notes.count, notes[next].onset <= onset + spread {
                lowest = min(lowest, notes[next].pitch)
                highest = max(highest, notes[next].pitch)
                next += 1
            }
            let sounds = onset + overlap
            moments.append(
                Moment(
                    highest: UInt8(highest), lowest: UInt8(lowest),
                    isMelody: !ends[(highest + 1)...].contains { $0 > sounds },
                    isBass: !ends[..<lowest].contains { $0 > sounds },
                    wait: UInt16(min(max((onset - previous) * 100, 0), 65_535))))
            for note in notes[start..<next] { ends[note.pitch] = max(ends[note.pitch], note.end) }
            previous = onset
            start = next
        }
        return moments
    }
}
