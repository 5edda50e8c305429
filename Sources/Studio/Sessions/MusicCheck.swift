import Score

/// Whether what a client sends is music that the studio can hold.
struct MusicCheck {
    let limits: StudioLimits
    /// How many parts the session has.
    let parts: Int

    /// Quarters, some hours of music: times further away are mistakes.
    private static let longest = 100_000.0
    private static let longestText = "\(Int(longest))"
    static let tempos = 5.0...1_000.0
    /// The most characters of titles and names, and of remarks; more than the page's fields take.
    static let (longestName, longestRemark) = (200, 5_000)

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
        guard (0..<parts).contains(note.part) else {
            throw refuse("part", "one of the session's, 0 to \(parts - 1)")
        }
        guard note.onset >= start - 1e-3, note.onset <= Self.longest else {
            throw refuse(
                "onset", "\(start) quarters, where its passage begins, to \(Self.longestText)")
        }
        guard note.duration > 0, note.duration <= Self.longest else {
            throw refuse("duration", "above 0 quarters and at most \(Self.longestText)")
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
                abs($0.onset) <= Self.longest && (0...Self.longest).contains($0.duration)
            })
        else {
            throw .badRequest(
                "The raw timing may have \(limits.notesOfNode) notes, at most \(Self.longestText) "
                    + "seconds from the beginning of their passage and as long.")
        }
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
                    "A change of tempo must be at \(start) quarters, where its passage begins, to "
                        + "\(Self.longestText).")
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
        guard let meter = Meter(text), meter.isShown else {
            throw .badRequest(
                "A meter is written like 3/4 or 6/8, 1 to 99 beats of 1, 2, 4, 8, 16 or 32, not "
                    + "“\(text.prefix(20))”.")
        }
        return meter
    }

    static func parts(
        _ parts: [StudioPart], limits: StudioLimits
    ) throws(StudioError) -> [StudioPart] {
        guard (1...limits.partsOfSession).contains(parts.count) else {
            throw .badRequest("A session has 1 to \(limits.partsOfSession) parts.")
        }
        for part in parts { _ = try text(part.name, "name of a part", most: longestName) }
        return parts
    }

    /// - Parameter most: characters of Unicode, as JSON Schema counts them; each takes 4 bytes at most.
    static func text(_ text: String, _ what: String, most: Int) throws(StudioError) -> String {
        let count = text.unicodeScalars.count
        guard count <= most else {
            throw .badRequest("The \(what) may have \(most) characters, not \(count).")
        }
        return text
    }

    /// As much of a name as there may be, in whole letters.
    static func shortened(_ name: String) -> String {
        var left = longestName
        return String(
            name.prefix { letter in
                left -= letter.unicodeScalars.count
                return left >= 0
            })
    }

    /// Where a bar begins.
    ///
    /// - Parameter bar: counted from 1.
    /// - Throws: `StudioError.badRequest` where that is too far away for music.
    static func start(ofBar bar: Int, in piece: PathPiece) throws(StudioError) -> Ticks {
        let start = piece.start(ofBar: bar)
        guard Quarters.quarters(start) <= longest else {
            throw .badRequest(
                "Bar \(bar) begins after \(Quarters.quarters(start)) quarters, and music may begin in "
                    + "the first \(longestText).")
        }
        return start
    }
}
