/// The order of a part's notes: by onset, then pitch, duration and velocity.
enum NoteOrder {
    /// Sorts in place. Notes come in order of onset, as a rule, and only chords are to be set right:
    /// insertion does that in one pass. Where it would have to move too much, the library sorts.
    static func sort(_ notes: inout [Note]) {
        guard let disorder = firstDisorder(in: notes) else { return }
        let isSorted = notes.withUnsafeMutableBufferPointer { notes in
            insertionSort(notes, from: disorder, movesLeft: 8 * notes.count)
        }
        if !isSorted { notes.sort(by: precedes) }
    }

    /// The index of the first note that belongs before the one in front of it.
    private static func firstDisorder(in notes: [Note]) -> Int? {
        notes.withUnsafeBufferPointer { notes in
            var index = 1
            while index < notes.count {
                if precedes(notes[index], notes[index - 1]) { return index }
                index += 1
            }
            return nil
        }
    }

    /// False where it gave up; the notes are all there then, and partly sorted.
    private static func insertionSort(
        _ notes: UnsafeMutableBufferPointer<Note>, from start: Int, movesLeft: Int
    ) -> Bool {
        var movesLeft = movesLeft
        for index in start..<notes.count {
            let note = notes[index]
            var place = index
            while place > 0, precedes(note, notes[place - 1]) {
                notes[place] = notes[place - 1]
                place -= 1
            }
            notes[place] = note
            movesLeft -= index - place
            if movesLeft < 0 { return false }
        }
        return true
    }

    @inline(__always)
    private static func precedes(_ a: Note, _ b: Note) -> Bool {
        if a.onset != b.onset { return a.onset < b.onset }
        if a.pitch != b.pitch { return a.pitch < b.pitch }
        return (a.duration, a.velocity) < (b.duration, b.velocity)
    }
}
