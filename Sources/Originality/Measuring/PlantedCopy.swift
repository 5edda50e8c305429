import Score

/// A passage of one piece put into another one, in another key and half the time in notes twice as
/// long: how well copies are found is measured with such.
package struct PlantedCopy: Hashable, Sendable {
    package let sequence: ChordSequence
    /// The chords of the passage.
    package let chords: Range<Int>

    /// - Parameters:
    ///   - notes: how many the passage has at least.
    ///   - spacing: of each so many notes one is moved by a semitone or two; nil leaves all.
    /// - Returns: nil where the source has fewer notes.
    package init?(
        of source: ChordSequence, notes: Int, changingOneIn spacing: Int?,
        into host: ChordSequence, using generator: inout some RandomNumberGenerator
    ) {
        guard source.notesBefore[source.chords.count] >= notes, !host.chords.isEmpty else {
            return nil
        }
        let last = source.notesBefore.lastIndex { $0 + notes <= source.notesBefore.last ?? 0 } ?? 0
        let first = Int.random(in: 0...last, using: &generator)
        let end =
            source.notesBefore.firstIndex { $0 >= source.notesBefore[first] + notes } ?? first
        var passage = Array(source.chords[first..<end])
        if let spacing { Self.change(&passage, oneIn: spacing, using: &generator) }
        Self.transpose(&passage, using: &generator)

        let place = Int.random(in: 0...host.chords.count, using: &generator)
        let factor = Bool.random(using: &generator) ? 1 : 2
        var all = Array(host.chords[..<place])
        for (index, chord) in (passage + host.chords[place...]).enumerated() {
            let isCopy = index < passage.count
            let before =
                index == 0 || index == passage.count
                ? ChordSequence.stepsPerQuarter
                : isCopy
                    ? factor * (chord.step - passage[index - 1].step)
                    : chord.step - host.chords[place + index - passage.count - 1].step
            let step = (all.last?.step ?? 0) + before
            all.append(
                ChordSequence.Chord(step: step, onset: Ticks(step), pitches: chord.pitches))
        }
        sequence = ChordSequence(all)
        chords = place..<place + passage.count
    }

    private static func transpose(
        _ passage: inout [ChordSequence.Chord], using generator: inout some RandomNumberGenerator
    ) {
        let all = passage.reduce(0) { $0 | $1.pitches }
        let down = min(6, all.trailingZeroBitCount)
        let up = min(6, all.leadingZeroBitCount)
        let shift = Int.random(in: -down...up, using: &generator)
        for index in passage.indices { passage[index].pitches <<= shift }
    }

    private static func change(
        _ passage: inout [ChordSequence.Chord], oneIn spacing: Int,
        using generator: inout some RandomNumberGenerator
    ) {
        var left = Int.random(in: 0..<spacing, using: &generator)
        for index in passage.indices {
            var pitches = passage[index].pitches
            for pitch in 0..<128 where passage[index].pitches >> UInt128(pitch) & 1 == 1 {
                if left == 0 {
                    let moved = (pitch + [-2, -1, 1, 2][Int(generator.next() % 4)] + 128) % 128
                    pitches = pitches & ~(1 << UInt128(pitch)) | 1 << UInt128(moved)
                    left = spacing
                }
                left -= 1
            }
            passage[index].pitches = pitches
        }
    }
}
