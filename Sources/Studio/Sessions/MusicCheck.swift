import Score

/// Whether what a client sends is music that the studio can hold.
struct MusicCheck {
    let limits: StudioLimits
    /// How many parts the session has.
    let parts: Int

    /// Some days of music: times further away are mistakes.
    private static let longest = 100_000.0
    static let tempos = 5.0...1_000.0

    /// The notes with their times on the ticks.
    ///
    /// - Parameter start: where they may begin, in quarters.
    func notes(_ notes: [StudioNote], from start: Double) throws(StudioError) -> [StudioNote] {
        guard notes.count <= limits.notesOfNode else {
            throw .badRequest(
                "A passage may have \(limits.notesOfNode) notes, not \(notes.count).")
        }
        var checked: [StudioNote] = []
        checked.reserveCapacity(notes.count)
        for (index, note) in notes.enumerated() {
            checked.append(try self.note(note, index, from: start))
        }
        return checked.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }

    private func note(
        _ note: StudioNote, _ index: Int, from start: Double
    ) throws(StudioError) -> StudioNote {
        func refuse(_ what: String, _ legal: String) -> StudioError {
            .badRequest("Note \(index + 1): its \(what) must be \(legal).")
        }
        guard (0...127).contains(note.pitch) else { throw refuse("pitch", "0 to 127") }
        guard (1...127).contains(note.velocity) else { throw refuse("velocity", "1 to 127") }
        guard (0..<parts).contains(note.part) else {
            throw refuse("part", "one of the session's, 0 to \(parts - 1)")
        }
        guard note.onset >= start - 1e-3, note.onset <= Self.longest else {
            throw refuse("onset", "\(start) quarters or later, where its passage begins")
        }
        guard note.duration > 0, note.duration <= Self.longest else {
            throw refuse("duration", "above 0")
        }
        var note = note
        let onset = max(Quarters.ticks(note.onset), Quarters.ticks(start))
        note.onset = Quarters.quarters(Ticks(onset))
        note.duration = Quarters.quarters(Ticks(max(1, Quarters.ticks(note.duration))))
        return note
    }

    func raw(_ notes: [RawNote]?) throws(StudioError) -> [RawNote]? {
        guard let notes else { return nil }
        guard notes.count <= limits.notesOfNode,
            notes.allSatisfy({
                (0...127).contains($0.pitch) && (0...127).contains($0.velocity)
                    && $0.onset.isFinite && $0.duration.isFinite
            })
        else { throw .badRequest("The raw timing has notes that nobody can have played.") }
        return notes
    }

    /// The changes of tempo in their order.
    ///
    /// - Parameter start: where they may begin, in quarters.
    func tempos(
        _ tempos: [StudioTempo]?, from start: Double
    ) throws(StudioError) -> [StudioTempo] {
        guard let tempos else { return [] }
        guard tempos.count <= limits.notesOfNode else {
            throw .badRequest(
                "A passage may have \(limits.notesOfNode) changes of tempo, not \(tempos.count).")
        }
        for change in tempos {
            _ = try Self.tempo(change.tempo)
            guard change.onset >= start - 1e-3, change.onset <= Self.longest else {
                throw .badRequest(
                    "A change of tempo must be at \(start) quarters or later, where its passage begins."
                )
            }
        }
        return tempos.sorted { $0.onset < $1.onset }
    }

    static func tempo(_ tempo: Double) throws(StudioError) -> Double {
        guard tempos.contains(tempo) else {
            throw .badRequest("The tempo must be 5 to 1000 quarters a minute, not \(tempo).")
        }
        return tempo
    }

    static func meter(_ text: String) throws(StudioError) -> Meter {
        guard let meter = Meter(text), meter.numerator <= 32 else {
            throw .badRequest("A meter is written like 3/4 or 6/8, not “\(text.prefix(20))”.")
        }
        return meter
    }

    static func parts(
        _ parts: [StudioPart], limits: StudioLimits
    ) throws(StudioError) -> [StudioPart] {
        guard (1...limits.partsOfSession).contains(parts.count),
            parts.allSatisfy({ (0...127).contains($0.program) && $0.name.utf8.count <= 200 })
        else {
            throw .badRequest(
                "A session has 1 to \(limits.partsOfSession) parts, each with a program of 0 to 127."
            )
        }
        return parts
    }

    static func text(_ text: String, _ what: String, most: Int) throws(StudioError) -> String {
        guard text.utf8.count <= most else {
            throw .badRequest("The \(what) may have \(most) bytes, not \(text.utf8.count).")
        }
        return text
    }
}
