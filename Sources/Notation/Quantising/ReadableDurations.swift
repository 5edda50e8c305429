/// Durations for notes of one staff that were held as players hold them: up to the next onset where
/// they nearly reach it or a little beyond, longer only where they sound through what follows.
enum ReadableDurations {
    /// A note that sounds for this share of the time to the next onset is written as legato.
    private static let legato = 0.4
    /// A note that sounds for this share of the following one's time is written as held.
    private static let held = 0.6

    /// - Parameter notes: in order of onset.
    static func applied(to notes: [(note: TimedNote, isAsHeld: Bool)]) -> [TimedNote] {
        let onsets = Array(Set(notes.map(\.note.start))).sorted()
        var index = 0
        return notes.map { note, isAsHeld in
            while onsets[index] < note.start { index += 1 }
            guard isAsHeld else { return note }
            var note = note
            note.end = end(of: note, onsets, index)
            return note
        }
    }

    private static func end(of note: TimedNote, _ onsets: [Int], _ index: Int) -> Int {
        guard index + 1 < onsets.count else { return plainEnd(of: note, before: Int.max) }
        let next = onsets[index + 1]
        let following = index + 2 < onsets.count ? onsets[index + 2] : next + FineTime.quarter
        if Double(note.end - next) > held * Double(following - next) {
            return heldEnd(of: note, onsets, from: index + 1)
        }
        let share = Double(note.end - note.start) / Double(next - note.start)
        let isShort = next - note.start <= FineTime.quarter / 2
        let needed = next - note.start > 2 * FineTime.quarter ? 0.75 : legato
        return isShort || share >= needed ? next : plainEnd(of: note, before: next)
    }

    /// The nearest onset to the end, or a plain value where none is near.
    private static func heldEnd(of note: TimedNote, _ onsets: [Int], from index: Int) -> Int {
        var best = onsets[index]
        for onset in onsets[index...] {
            if abs(onset - note.end) < abs(best - note.end) { best = onset }
            if onset > note.end { break }
        }
        if abs(best - note.end) <= FineTime.quarter / 2 { return best }
        return max(onsets[index], FineTime.nearest(to: note.end, step: FineTime.quarter))
    }

    /// As many of the largest step that the onset lies on as the note sounds, or all the time to the
    /// next onset where a rest shorter than a sixteenth would be left.
    private static func plainEnd(of note: TimedNote, before next: Int) -> Int {
        let steps = [2, 4, 3, 6, 8, 12, 16, 24].map { FineTime.quarter / $0 }
        let step = steps.first { note.start % $0 == 0 } ?? FineTime.shortest
        let length = max(step, FineTime.nearest(to: note.end - note.start, step: step))
        return next - length < note.start + FineTime.quarter / 4 ? next : note.start + length
    }
}
