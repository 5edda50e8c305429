import Score

/// What a piece is known by in another key, octave, tempo, edition or performance: moment by moment,
/// which pitch classes are struck, and which of them lie highest and lowest.
///
/// It depends on the notes and their times only; drums are left out. Of very long music the first
/// `maximumMoments` count. `Likeness` compares two, `DuplicateGroups` finds the like among thousands.
package struct Fingerprint: Hashable, Sendable {
    /// Half an hour of dense music.
    package static let maximumMoments = 16_384
    /// Notes that begin within so many microseconds of a moment's first belong to it: a chord that is
    /// played, not calculated, is a little spread.
    private static let spread: Int64 = 35_000
    /// A held note that ends within so many microseconds of the next one's start makes way for it.
    private static let overlap: Int64 = 80_000
    /// The longest time that is told apart, in microseconds: 38 hours.
    private static let latest = 0x1p37

    let moments: [Moment]

    init(moments: [Moment]) { self.moments = moments }

    /// Takes the time of sorting the notes.
    package init(of score: Score) {
        var notes: [Sounding] = []
        notes.reserveCapacity(score.noteCount)
        func microseconds(at tick: Ticks) -> Int64 {
            Int64(min(score.seconds(at: tick) * 1e6, Self.latest))
        }
        for part in score.parts where !part.isDrums {
            for note in part.notes {
                let onset = microseconds(at: note.onset)
                notes.append(
                    Sounding(
                        key: onset << 7 | Int64(note.pitch.number), end: microseconds(at: note.end))
                )
            }
        }
        notes.sort { ($0.key, $0.end) < ($1.key, $1.end) }
        moments = Self.moments(of: notes)
    }

    /// How many moments there are.
    package var momentCount: Int { moments.count }

    private struct Sounding {
        /// 128 · onset in microseconds + pitch: in the order of the notes.
        let key: Int64
        let end: Int64
        var onset: Int64 { key >> 7 }
        var pitch: Int { Int(key & 127) }
    }

    private static func moments(of notes: [Sounding]) -> [Moment] {
        var moments: [Moment] = []
        // When each key's last note ends.
        var ends = [Int64](repeating: -1, count: 128)
        var start = 0
        var previous = notes.first?.onset ?? 0
        while start < notes.count, moments.count < maximumMoments {
            let onset = notes[start].onset
            var (lowest, highest, next, classes) = (127, 0, start, UInt16(0))
            while next < notes.count, notes[next].onset <= onset + spread {
                lowest = min(lowest, notes[next].pitch)
                highest = max(highest, notes[next].pitch)
                classes |= 1 << UInt16(notes[next].pitch % 12)
                next += 1
            }
            let sounds = onset + overlap
            moments.append(
                Moment(
                    pitchClasses: classes, highest: UInt8(highest % 12),
                    lowest: UInt8(lowest % 12),
                    isMelody: !ends[(highest + 1)...].contains { $0 > sounds },
                    isBass: !ends[..<lowest].contains { $0 > sounds },
                    wait: UInt16(min(onset / 10_000 - previous / 10_000, 65_535))))
            for note in notes[start..<next] { ends[note.pitch] = max(ends[note.pitch], note.end) }
            previous = onset
            start = next
        }
        return moments
    }
}
