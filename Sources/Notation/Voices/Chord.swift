import Score

/// Notes of one staff that begin and end together.
struct Chord: Hashable, Sendable {
    /// From low to high, none twice.
    let pitches: [Pitch]
    let start: Int
    var end: Int

    var centre: Double { Double(pitches[0].number + pitches[pitches.count - 1].number) / 2 }

    /// Groups notes; a pitch that is struck twice at once is put into a chord of its own.
    ///
    /// - Parameters:
    ///   - notes: in order of onset.
    ///   - limit: of more chords that begin together, the last are cut to the shortest of them.
    static func chords(of notes: [TimedNote], atMostAtOnce limit: Int) -> [Chord] {
        var chords: [Chord] = []
        var rest = notes[...]
        while let first = rest.first {
            let together = rest.prefix { $0.start == first.start }
            rest = rest.dropFirst(together.count)
            chords += limited(grouped(Array(together)), to: limit)
        }
        return chords
    }

    private static func grouped(_ notes: [TimedNote]) -> [Chord] {
        let byEnd = Dictionary(grouping: notes, by: \.end)
        var chords: [Chord] = []
        for (end, notes) in byEnd.sorted(by: { $0.key > $1.key }) {
            var pitches = notes.map(\.pitch).sorted()
            while !pitches.isEmpty {
                let unique = Array(Set(pitches)).sorted()
                chords.append(Chord(pitches: unique, start: notes[0].start, end: end))
                for pitch in unique {
                    pitches.firstIndex(of: pitch).map { _ = pitches.remove(at: $0) }
                }
            }
        }
        return chords
    }

    private static func limited(_ chords: [Chord], to limit: Int) -> [Chord] {
        guard chords.count > limit else { return chords }
        let kept = chords.prefix(limit - 1)
        let merged = chords.dropFirst(limit - 1)
        let pitches = Set(merged.flatMap(\.pitches)).sorted()
        let end = merged.map(\.end).filter { $0 > merged[merged.startIndex].start }.min()
        return kept + [Chord(pitches: pitches, start: chords[0].start, end: end ?? chords[0].end)]
    }
}
