import Clara

extension EncodingSurvey {
    /// For people: what each encoding keeps, and then what it loses.
    static func text(of surveys: [EncodingSurvey]) -> String {
        ([table(of: surveys)] + surveys.map(\.details)).joined(separator: "\n\n")
    }

    private static func table(of surveys: [EncodingSurvey]) -> String {
        var table = TextTable([
            ("encoding", .left), ("pieces", .right), ("notes", .right), ("in text", .right),
            ("back in place", .right), ("onset off", .right), ("at most", .right),
            ("length off", .right), ("tokens/note", .right), ("words", .right),
            ("laws broken", .right),
        ])
        for survey in surveys {
            table.add([
                survey.encoding, survey.pieces.grouped, survey.notes.grouped,
                survey.share(survey.encodedNotes), survey.share(survey.foundNotes),
                survey.onsetError.mean.rounded(to: 3), survey.onsetError.largest.rounded(to: 3),
                survey.lengthError.mean.rounded(to: 3), survey.tokensPerNote.rounded(to: 2),
                survey.words.grouped, (survey.uncanonical.count + survey.unplayable.count).grouped,
            ])
        }
        return table.description + "\nonsets and lengths: means in quarter notes, of notes in place"
    }

    private var details: String {
        var lines = losses.map { "  \($0.notes.of("note")) \($0.phrase)" }
        if !neverHeld.isEmpty { lines.append("  never held: " + neverHeld.joined(separator: ", ")) }
        lines += uncanonical.prefix(5).map { "  not the same text again: \($0.onOneLine)" }
        lines += unplayable.prefix(5).map { "  not allowed by the grammar: \($0.onOneLine)" }
        return ([encoding] + lines).joined(separator: "\n")
    }

    /// A share of all notes.
    private func share(_ count: Int) -> String {
        (notes > 0 ? Double(count) / Double(notes) : 0).percent(to: 2)
    }
}
