import Score

/// Gives each new note to one of the prompt's instruments: to the part whose recent notes lie
/// nearest in pitch, so that a right hand goes on as a right hand and a left as a left.
package struct PartAssignment {
    /// A part's recent middle pitch, and how loud its new notes are.
    private struct Voice {
        var pitch: Double
        let velocity: Velocity
    }

    /// How much of the middle pitch a new note brings.
    private static let weight = 0.1
    /// Notes of the prompt's end that decide.
    private static let recent = 16

    private var voices: [Voice]

    /// - Parameter parts: the prompt's parts, each with a note at least.
    package init(_ parts: [Part]) {
        voices = parts.map { part in
            let notes = part.notes.suffix(Self.recent)
            let pitches = notes.map { Double($0.pitch.number) }
            let velocities = notes.map(\.velocity).sorted()
            return Voice(
                pitch: pitches.reduce(0, +) / Double(max(1, pitches.count)),
                velocity: velocities.isEmpty ? .mezzoForte : velocities[velocities.count / 2])
        }
    }

    /// The notes of each part, as loud as the middle of its recent ones.
    ///
    /// - Parameter notes: in order of their onsets.
    package mutating func assign(_ notes: [Note]) -> [[Note]] {
        var assigned = [[Note]](repeating: [], count: voices.count)
        for note in notes {
            let pitch = Double(note.pitch.number)
            let distances = voices.map { abs($0.pitch - pitch) }
            guard let index = distances.indices.min(by: { distances[$0] < distances[$1] }) else {
                continue
            }
            voices[index].pitch += Self.weight * (pitch - voices[index].pitch)
            assigned[index].append(
                Note(
                    pitch: note.pitch, onset: note.onset, duration: note.duration,
                    velocity: voices[index].velocity))
        }
        return assigned
    }
}
