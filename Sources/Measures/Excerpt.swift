import Score

/// Some bars of a score as the measures see them: the notes that begin there, drums left out.
package struct Excerpt: Hashable, Sendable {
    /// In order of onset, then of pitch; moved so that the excerpt begins at zero, and released at its
    /// end at the latest.
    package let notes: [Note]
    package let length: Ticks
    /// From bar line to bar line; the last one may be cut by the excerpt's end.
    package let bars: [Range<Ticks>]
    package let ticksPerQuarter: Int
    private let tempoMap: TempoMap

    /// - Parameter range: of the score's ticks.
    package init(_ range: Range<Ticks>, of score: Score) {
        let part = score.suffix(from: range.lowerBound)
        let length = range.upperBound - range.lowerBound
        self.length = length
        ticksPerQuarter = score.ticksPerQuarter
        tempoMap = part.tempoMap
        let notes = part.parts.filter { !$0.isDrums }.flatMap(\.notes)
            .filter { $0.onset < length }
            .map {
                Note(
                    pitch: $0.pitch, onset: $0.onset, duration: min($0.end, length) - $0.onset,
                    velocity: $0.velocity)
            }
        self.notes = notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        var bars: [Range<Ticks>] = []
        var line = Ticks.zero
        while line < length {
            let next = part.meterMap.barLine(1, after: line, ticksPerQuarter: ticksPerQuarter)
            bars.append(line..<min(next, length))
            line = next
        }
        self.bars = bars
    }

    /// In seconds, at the score's tempos.
    package var seconds: Double { seconds(at: length) }

    func seconds(at tick: Ticks) -> Double {
        tempoMap.seconds(at: tick, ticksPerQuarter: ticksPerQuarter)
    }

    func quarters(_ ticks: Ticks) -> Double { Double(ticks.count) / Double(ticksPerQuarter) }

    /// What begins at one tick, in order, each from the lowest note up.
    var chords: [ArraySlice<Note>] {
        var chords: [ArraySlice<Note>] = []
        var start = notes.startIndex
        for index in notes.indices where notes[index].onset > notes[start].onset {
            chords.append(notes[start..<index])
            start = index
        }
        if start < notes.endIndex { chords.append(notes[start...]) }
        return chords
    }

    /// The upper line: the highest note of each chord.
    var skyline: [Note] { chords.compactMap(\.last) }
}
