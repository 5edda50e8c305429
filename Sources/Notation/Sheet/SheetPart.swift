import Score

/// An instrument of the score as it is written.
package struct SheetPart: Hashable, Sendable {
    package let name: String
    /// General MIDI's, 0…127.
    package let program: Int
    /// One, or right and left hand's.
    package let staves: [SheetStaff]
    /// From where to where the sustain pedal is down, in fine ticks.
    package let pedals: [Range<Int>]
    /// What is printed, each note with its ties as one, in fine ticks.
    package let notes: [TimedNote]

    init(
        name: String, program: Int, staves: [SheetStaff], pedals: [Range<Int>], bars: [Bar]
    ) {
        self.name = name
        self.program = program
        self.staves = staves
        self.pedals = pedals
        notes = staves.flatMap { Self.notes(of: $0, bars) }.sorted(by: TimedNote.precedes)
    }

    private static func notes(of staff: SheetStaff, _ bars: [Bar]) -> [TimedNote] {
        var notes: [TimedNote] = []
        /// Where notes are that a tie leads on from, by pitch.
        var open: [Pitch: [Int]] = [:]
        for (bar, voices) in zip(bars, staff.bars) {
            for event in voices.flatMap(\.events).sorted(by: { $0.start < $1.start }) {
                let (start, end) = (bar.start + event.start, bar.start + event.end)
                for head in event.heads {
                    let pitch = head.pitch.pitch
                    var index = notes.count
                    let tied = open[pitch]?.firstIndex { notes[$0].end == start }
                    if head.isTiedFromBefore, let tied {
                        index = open[pitch]?.remove(at: tied) ?? index
                        notes[index].end = end
                    } else {
                        notes.append(TimedNote(pitch: pitch, start: start, end: end))
                    }
                    if head.isTiedOn { open[pitch, default: []].append(index) }
                }
            }
        }
        return notes
    }
}
