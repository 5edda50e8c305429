import Foundation
import MIDIFile
import Score
import Tensors

/// Pieces composed by dice: a melody in eighths that wanders over a scale, and a slow bass.
enum GeneratedPieces {
    static func score(seed: Int, quarters: Int = 24, transposed: Int = 0) -> Score {
        var dice = SeededGenerator(seed: UInt64(seed))
        let scale = [0, 2, 4, 5, 7, 9, 11].map { $0 + Int.random(in: 0..<12, using: &dice) % 3 }
        var step = Int.random(in: 0..<7, using: &dice)
        var notes: [Note] = []
        for eighth in 0..<(2 * quarters) {
            step += Int.random(in: -3...3, using: &dice)
            let place = ((step % 14) + 14) % 14
            let pitch = 60 + transposed + scale[place % 7] + 12 * (place / 7)
            let length = Int.random(in: 0..<4, using: &dice) == 0 ? 480 : 240
            notes += note(pitch, at: 240 * eighth, for: length)
            if eighth % 4 == 0 { notes += note(pitch - 24, at: 240 * eighth, for: 960) }
        }
        return Score(parts: [Part(notes: notes)])
    }

    private static func note(_ pitch: Int, at onset: Int, for duration: Int) -> [Note] {
        Pitch(pitch).map {
            [Note(pitch: $0, onset: Ticks(onset), duration: Ticks(duration))]
        } ?? []
    }

    /// The piece as a MIDI file.
    static func bytes(seed: Int, quarters: Int = 24, transposed: Int = 0) -> Data {
        MIDIFile.write(score(seed: seed, quarters: quarters, transposed: transposed))
    }
}
