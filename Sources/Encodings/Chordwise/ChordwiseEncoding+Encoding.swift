import Score

extension ChordwiseEncoding {
    /// The canonical text of a score, without "<start>" and "<end>", and what was left out.
    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        var report = EncodingReport(neverHeld: neverHeld)
        let strikes = form.grid.strikes(of: score, report: &report)
        if !form.keepsHolds { report.forget([.shortened, .tooLong]) }
        var writer = ChordwiseWriter(self)
        form.forEachChord(of: strikes) { writer.write($1) }
        writer.trim()
        report.encodedNotes -= writer.lostStrikes
        report.add(.noWord, notes: writer.lostStrikes)
        report.add(.noHeldWord, notes: writer.cutNotes)
        return (writer.tokens, report)
    }

    /// What no text of this form tells.
    package var neverHeld: [MusicAspect] {
        (form.keepsHolds ? [] : [.durations])
            + [.velocity, .tempo, .meter, .key, .pedal, .parts, .timing]
    }
}

extension NoteLoss {
    /// Notes of chords that are not in the vocabulary.
    package static let noWord = NoteLoss(
        "noWord", .dropped, phrase: "left out of chords that the vocabulary has no word for")
    /// Notes that are held under chords that are not in the vocabulary.
    package static let noHeldWord = NoteLoss(
        "noHeldWord", .changed,
        phrase: "ended early where the vocabulary has no word that holds them")
}
