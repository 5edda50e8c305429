import Score

/// A piece as its chords, in order: all notes of all instruments that begin in one step of the
/// encodings' grid, a single note too. Drums are left out.
///
/// Of a piece longer than `limit` the beginning counts.
package struct ChordSequence: Hashable, Sendable {
    /// What begins in one step.
    package struct Chord: Hashable, Sendable {
        /// Twelfths of a quarter from the start of the piece, rounded down as encodings do.
        package let step: Int
        /// Where its first note begins.
        package let onset: Ticks
        /// The MIDI note numbers, a bit each; never empty.
        package internal(set) var pitches: UInt128

        /// - Parameter pitches: at least one.
        package init(step: Int, onset: Ticks, pitches: UInt128) {
            precondition(pitches != 0, "a chord has a note")
            self.step = step
            self.onset = onset
            self.pitches = pitches
        }

        /// Different pitches.
        package var notes: Int { pitches.nonzeroBitCount }
        /// The MIDI note number of the lowest note.
        package var lowest: Int { pitches.trailingZeroBitCount }
    }

    /// Steps of a quarter.
    package static let stepsPerQuarter = 12
    /// An hour of dense music.
    package static let limit = 1 << 16

    package let chords: [Chord]
    /// How many notes there are before each chord, and in all: one more than there are chords.
    package let notesBefore: [Int]

    package init(_ chords: [Chord]) {
        self.chords = chords
        var sums = [0]
        sums.reserveCapacity(chords.count + 1)
        for (index, chord) in chords.enumerated() { sums.append(sums[index] + chord.notes) }
        notesBefore = sums
    }

    /// Takes the time of sorting the notes.
    package init(of score: Score) {
        // 128 · onset + pitch: in the order of the notes.
        var keys: [Int] = []
        keys.reserveCapacity(score.noteCount)
        for part in score.parts where !part.isDrums {
            keys += part.notes.map { $0.onset.count << 7 | $0.pitch.number }
        }
        keys.sort()
        var chords: [Chord] = []
        for key in keys {
            let onset = key >> 7
            let step = onset * Self.stepsPerQuarter / score.ticksPerQuarter
            let pitch = UInt128(1) << UInt128(key & 127)
            if let last = chords.last, last.step == step {
                chords[chords.count - 1].pitches |= pitch
            } else if chords.count < Self.limit {
                chords.append(Chord(step: step, onset: Ticks(onset), pitches: pitch))
            } else {
                break
            }
        }
        self.init(chords)
    }

    /// What begins at a tick or later.
    package func suffix(from tick: Ticks) -> ChordSequence {
        ChordSequence(Array(chords.drop { $0.onset < tick }))
    }

    /// The different notes of a stretch of chords.
    package func notes(in range: Range<Int>) -> Int {
        notesBefore[range.upperBound] - notesBefore[range.lowerBound]
    }

    /// For each chord the number of its bar, as people count: from 1, after an upbeat that is bar 0.
    func bars(in score: Score) -> [Int] {
        let ticks = score.ticksPerQuarter
        let changes = score.meterMap.changes
        let first = score.meterMap.upbeat(ticksPerQuarter: ticks) == nil ? 1 : 0
        var (index, before) = (0, first)
        func count(to tick: Ticks) -> Int {
            let length = changes[index].meter.barLength(ticksPerQuarter: ticks).count
            return (tick - changes[index].tick).count / length
        }
        // Bar by bar would not do: a few bytes of a file can claim any number of bars.
        return chords.map { chord in
            while index + 1 < changes.count, changes[index + 1].tick <= chord.onset {
                let next = changes[index + 1].tick
                let isWhole =
                    (next - changes[index].tick).count
                    % changes[index].meter.barLength(ticksPerQuarter: ticks).count == 0
                before += count(to: next) + (isWhole ? 0 : 1)
                index += 1
            }
            return before + count(to: chord.onset)
        }
    }
}
