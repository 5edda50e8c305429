import Score

/// What the tokens of a text tell, as soon as it is certain: for those who listen while it is written.
///
/// Followed to its end and finished, a text that the grammar allowed gives the notes that `decode`
/// gives after `close`, each once.
package protocol MusicFollower: Sendable {
    /// The step that the text stands at.
    var step: Int { get }
    /// Takes in the next token and reports what it makes certain.
    mutating func advance(_ token: Int, report: (FollowedMusic) -> Void)
    /// Reports how what still sounds ends.
    mutating func finish(report: (FollowedMusic) -> Void)
}

/// Something that a text told.
package enum FollowedMusic: Hashable, Sendable {
    /// A note begins; how long it lasts is not known yet.
    case began(FollowedNote)
    /// A note, whole. One that began before is told again.
    case note(FollowedNote)
    case tempo(step: Int, microsecondsPerQuarter: Int)
}

package struct FollowedNote: Hashable, Sendable {
    /// Counts the followed notes from 0, in the order in which they begin, then of instrument and pitch.
    package let id: Int
    /// The General MIDI program of its part in decoded music.
    package let program: Int
    package let pitch: Pitch
    /// Not empty; up to the next step where the note has only begun.
    package let steps: Range<Int>
    package let velocity: Velocity
}

extension MusicEncoding {
    /// Nothing can be told before a text is whole.
    package func follower(after tokens: [Int], endStep: Int) -> (any MusicFollower)? { nil }
}

extension NoteGrid {
    func note(_ id: Int, of strike: GridStrike) -> FollowedNote {
        FollowedNote(
            id: id, program: instrument(ofCell: strike.cell).program,
            pitch: pitch(ofCell: strike.cell), steps: strike.step..<strike.end,
            velocity: strike.velocity)
    }
}
