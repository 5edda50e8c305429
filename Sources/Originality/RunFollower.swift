/// Follows music while it is written, chord by chord, and says which notes would make an exact run
/// longer than allowed: what `RunSearch.exactRuns` would find in the music that it was told of.
///
/// A value for each stream; copying it forks the stream.
package struct RunFollower: Sendable {
    /// So many prints back a run is followed: what came before was short enough, and a loop would be
    /// followed all the way for each chord.
    private static let memory = 256

    private let table: PassageTable
    private let limit: Int
    /// The complete chords, and their prints.
    private var chords: [ChordSequence.Chord] = []
    private var prints: [UInt16] = []
    /// The chord that may get more notes.
    private var latest: ChordSequence.Chord?
    /// The most notes of complete chords that can be in a run with the next one.
    private var mostBefore = 0

    /// - Parameter limit: the greatest length of a run, as `SharedRun.length`.
    package init(_ table: PassageTable, limit: Int) {
        self.table = table
        self.limit = limit
    }

    /// Takes in notes that begin in a step of the `ChordSequence`'s grid.
    ///
    /// - Parameter pitches: MIDI note numbers, a bit each.
    package mutating func add(_ pitches: UInt128, at step: Int) {
        guard pitches != 0 else { return }
        reach(step)
        latest = chord(adding: pitches, at: step)
    }

    /// Time has come to a step: chords before it get no more notes.
    package mutating func reach(_ step: Int) {
        guard let chord = latest, chord.step < step else { return }
        if let print = print(completedBy: chord) { prints.append(print) }
        chords.append(chord)
        latest = nil
        mostBefore = mostNotesBefore()
    }

    /// The next chord ends a run of no more than two prints, or goes on with one that ends here.
    private func mostNotesBefore() -> Int {
        let short = chords.suffix(PassagePrint.span + PassageTable.seed - 2)
        let starts = starts(ofRunsTo: prints.suffix(PassageTable.seed), last: prints.count - 1)
        let long = starts.min().map { chords[$0...] } ?? []
        return max(short.reduce(0) { $0 + $1.notes }, long.reduce(0) { $0 + $1.notes })
    }

    /// Whether a run would be too long if these notes were added in this step, which has been reached,
    /// and no more there.
    package func isTooMuch(_ pitches: UInt128, at step: Int) -> Bool {
        guard pitches != 0 else { return false }
        let chord = chord(adding: pitches, at: step)
        guard mostBefore + chord.notes > limit, let print = print(completedBy: chord) else {
            return false
        }
        let seed = prints.suffix(PassageTable.seed - 1) + [print]
        return starts(ofRunsTo: seed, last: prints.count).contains {
            length(from: $0, chord, print) > limit
        }
    }

    private func chord(adding pitches: UInt128, at step: Int) -> ChordSequence.Chord {
        let before = latest.map { $0.step == step ? $0.pitches : 0 } ?? 0
        return ChordSequence.Chord(step: step, onset: .zero, pitches: before | pitches)
    }

    private func print(completedBy chord: ChordSequence.Chord) -> UInt16? {
        let before = chords.suffix(PassagePrint.span - 1)
        guard before.count == PassagePrint.span - 1 else { return nil }
        return PassagePrint((before + [chord])[...]).bits
    }

    /// The prints with which the runs begin that end with `seed`, each once: a run that many sources
    /// have is as long in each.
    ///
    /// - Parameter last: the place of the last print of `seed`.
    private func starts(ofRunsTo seed: ArraySlice<UInt16>, last: Int) -> Set<Int> {
        guard seed.count == PassageTable.seed else { return [] }
        return seed.withUnsafeBufferPointer { seed in
            var starts: Set<Int> = []
            for place in table.candidates(seed, at: 0) {
                let place = Int(place)
                guard seed.indices.allSatisfy({ seed[$0] == table.prints[place + $0] }) else {
                    continue
                }
                let first = table.starts[table.piece(at: place)]
                var (start, source) = (last - seed.count + 1, place)
                let earliest = max(0, start - Self.memory)
                while start > earliest, source > first,
                    prints[start - 1] == table.prints[source - 1]
                {
                    start -= 1
                    source -= 1
                }
                starts.insert(start)
            }
            return starts
        }
    }

    /// The length of the run that begins with a print and ends with a chord.
    private func length(from start: Int, _ chord: ChordSequence.Chord, _ print: UInt16) -> Int {
        var length = RunLength()
        for place in start...prints.count {
            length.add(place < prints.count ? prints[place] : print, at: place) { range in
                range.reduce(0) { $0 + ($1 < chords.count ? chords[$1] : chord).notes }
            }
        }
        return length.total
    }
}
