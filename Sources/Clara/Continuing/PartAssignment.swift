import Encodings
import Score

/// Gives new notes to the prompt's instruments: of those that the encoding writes alike, to the part
/// whose recent notes lie nearest in pitch, so that a right hand goes on as a right hand and a left as
/// a left.
package struct PartAssignment {
    /// A part's recent middle pitch, and how loud its new notes are.
    private struct Voice {
        /// The program that the encoding gives the part.
        let program: Int
        var pitch: Double
        let velocity: Velocity
    }

    /// How much of the middle pitch a new note brings.
    private static let weight = 0.1
    /// Notes of the prompt's end that decide.
    private static let recent = 16

    private var voices: [Voice]
    private let keepsVelocity: Bool
    private let players: [Instrument]

    /// - Parameters:
    ///   - parts: the prompt's parts, each with a note at least.
    ///   - players: who plays what the prompt has no part for, for each instrument of the encoding; nobody
    ///     else than the encoding's own where that is empty.
    package init(_ parts: [Part], encoding: any MusicEncoding, players: [Instrument] = []) {
        self.players = players
        keepsVelocity = !encoding.neverHeld.contains(.velocity)
        voices = parts.map { part in
            let notes = part.notes.suffix(Self.recent)
            let pitches = notes.map { Double($0.pitch.number) }
            let velocities = notes.map(\.velocity).sorted()
            return Voice(
                program: encoding.program(afterEncoding: part.program),
                pitch: pitches.reduce(0, +) / Double(max(1, pitches.count)),
                velocity: velocities.isEmpty ? .mezzoForte : velocities[velocities.count / 2])
        }
    }

    /// Gives a note to a part, and the part's loudness where the encoding keeps none. Notes come in
    /// their order of onset, then of pitch.
    ///
    /// - Parameter program: that the encoding gives the note's instrument.
    /// - Returns: nil where the prompt has no such instrument.
    mutating func place(
        _ pitch: Pitch, velocity: Velocity, of program: Int
    ) -> (part: Int, velocity: Velocity)? {
        let number = Double(pitch.number)
        let alike = voices.indices.filter { voices[$0].program == program }
        guard
            let nearest = alike.min(by: {
                abs(voices[$0].pitch - number) < abs(voices[$1].pitch - number)
            })
        else { return nil }
        voices[nearest].pitch += Self.weight * (number - voices[nearest].pitch)
        return (nearest, keepsVelocity ? velocity : voices[nearest].velocity)
    }

    /// Adds the new parts' notes and pedals, each where it belongs. Notes of an instrument that the
    /// prompt has not become a part of their own. Where the encoding keeps no velocities, a note is as
    /// loud as the middle one of its part's recent notes.
    ///
    /// - Parameter parts: the prompt's parts, with or without their notes.
    package func add(_ new: [Part], to parts: inout [Part]) {
        var assignment = self
        for part in new where !part.notes.isEmpty {
            let alike = voices.indices.filter { voices[$0].program == part.program }
            guard !alike.isEmpty else {
                parts.append(played(part))
                continue
            }
            var added = [[Note]](repeating: [], count: voices.count)
            for note in part.notes {
                guard
                    let (index, velocity) = assignment.place(
                        note.pitch, velocity: note.velocity, of: part.program)
                else { continue }
                added[index].append(
                    Note(
                        pitch: note.pitch, onset: note.onset, duration: note.duration,
                        velocity: velocity))
            }
            for index in alike {
                parts[index] = parts[index].adding(added[index], pedals: part.pedals)
            }
        }
    }
}

extension PartAssignment {
    /// A new part as who plays it has it.
    func played(_ part: Part) -> Part {
        guard let player = player(ofProgram: part.program) else { return part }
        return Part(
            name: player.name, program: player.program, isDrums: part.isDrums, notes: part.notes,
            pedals: part.pedals)
    }

    /// - Parameter program: that the encoding gives an instrument.
    func player(ofProgram program: Int) -> Instrument? {
        players.first { InstrumentClass(program: $0.program)?.program == program }
    }
}

extension Part {
    /// The same part with more music after its own.
    fileprivate func adding(_ notes: [Note], pedals: [Pedal]) -> Part {
        let last = self.pedals.last?.up ?? .zero
        return Part(
            name: name, program: program, isDrums: isDrums, notes: self.notes + notes,
            pedals: self.pedals + pedals.filter { $0.down >= last })
    }
}

extension MusicEncoding {
    /// The program that a part has after encoding and decoding: which parts are one to the encoding.
    fileprivate func program(afterEncoding program: Int) -> Int {
        ensemble.instrument(ofProgram: program)?.program ?? program
    }
}
