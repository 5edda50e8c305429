import Clara

/// What `clara continue` says at its end.
struct ContinuationResult: Encodable {
    struct Entry: Encodable {
        let file: String
        /// Of a sampled take.
        let seed: Int?
        /// Of a beam search's take: its rank.
        let beam: Int?
        let bars: Int
        let notes: Int
        /// Of new music.
        let seconds: Double
        let tokens: Int
        let tokensPerSecond: Double
        let logProbabilityPerNote: Double
        /// How likely the critic holds it that a person wrote the new music; with --rank critic.
        let humanProbability: Double?
        /// What is shared with the music that the model was trained on; with --original.
        let copies: TakeCopies?
        /// The sound file beside the take, where one was asked for.
        let sound: String?
        /// The piano roll beside the take, where one was asked for.
        let roll: String?
    }

    /// Seconds.
    struct Timing: Encodable {
        let load: Double
        let prompt: Double
        let generate: Double
        let write: Double
        /// Sound and piano rolls, where they were asked for.
        let companions: Double?

        var total: Double { load + prompt + generate + write }
    }

    let model: String
    let hash: String
    /// How the first take was made, by the names of the flags.
    let settings: TakeSettings
    let takes: [Entry]
    /// What was repaired in the prompt or left out of it, which of its parts were read as one, and why the
    /// critic's order is in doubt.
    let remarks: [String]
    let timing: Timing

    /// Seconds from the start of generating until each take was complete.
    private let generatingSeconds: [Double]
    private let wantedTakes: Int
    /// What of the remarks is about the prompt, or what else is given.
    private let givenRemarks: [String]
    private let source: String

    /// What of a prompt is heard or read, and is in no take.
    private static let missed: Set<ReadingReport.Omission.Kind> = [
        .controllers, .pitchBends, .aftertouch, .texts, .notesOfFurtherParts,
    ]

    private enum CodingKeys: CodingKey { case model, hash, settings, takes, remarks, timing }

    /// - Parameters:
    ///   - takes: in the order in which they were written, as their files and what was made of them.
    ///   - places: the order to list them in; their own if nil.
    ///   - doubts: about that order.
    init(
        _ continuation: Continuation, takes: [Take], files: [String],
        made: [TakeCompanions.Made], places: [TakeRanker.Place]?, model: ModelBundle,
        reading: ReadingReport, doubts: [String], timing: Timing
    ) {
        self.model = model.path
        hash = model.hash
        self.settings = TakeSettings(
            continuation, origin: continuation.settings.origins[0])
        let places = places ?? TakeRanker.asWritten(takes)
        self.takes = places.map { place in
            let (take, made) = (takes[place.index], made[place.index])
            return Entry(
                file: files[place.index], seed: take.seed, beam: take.beam, bars: continuation.bars,
                notes: take.notes,
                seconds: take.seconds, tokens: take.tokens,
                tokensPerSecond: take.tokensPerSecond,
                logProbabilityPerNote: take.logProbabilityPerNote,
                humanProbability: place.humanProbability,
                copies: take.copies, sound: made.sound?.path, roll: made.roll?.file)
        }
        var remarks = reading.repairs.map(\.description)
        let missed = reading.omissions.filter { Self.missed.contains($0.kind) }
        if !missed.isEmpty {
            remarks.append(missed.map(\.description).joined(separator: "; "))
        }
        if continuation.drumNotes > 0 {
            remarks.append("\(continuation.drumNotes.of("note")) of drums left out")
        }
        let given = continuation.givenParts
        if given.count > 1 {
            remarks.append(
                "\(given.count.of("part")) read as one: \(given.joined(separator: ", "))")
        }
        givenRemarks = remarks
        self.remarks = remarks + doubts
        source = given.isEmpty ? "prompt" : "given"
        wantedTakes = continuation.settings.takes
        self.timing = timing
        generatingSeconds = places.map { takes[$0.index].generatingSeconds }
    }

    /// The longest exact run of each take, for people.
    private var copies: String {
        guard takes.contains(where: { $0.copies != nil }) else { return "" }
        let lines = takes.map { take in
            let run = take.copies?.exact
            return "  \(take.file.onOneLine): "
                + (run.map { "\($0.length.of("note")), \(OriginalityText.place($0.source))" }
                    ?? OriginalityText.nothing)
        }
        return (["the longest exact runs that new music shares with the training music:"] + lines)
            .map { $0 + "\n" }.joined()
    }

    /// For people.
    var summary: String {
        let isJudged = takes.contains { $0.humanProbability != nil }
        var table = TextTable(
            [
                ("file", .left), ("bars", .right), ("seconds", .right), ("notes", .right),
                ("ln p/note", .right), ("took", .right),
                (takes.contains { $0.beam != nil } ? "beam" : "seed", .right),
            ] + (isJudged ? [("human", .right)] : []))
        for (take, seconds) in zip(takes, generatingSeconds) {
            table.add(
                [
                    take.file, "\(take.bars)", take.seconds.rounded(to: 1), "\(take.notes)",
                    take.logProbabilityPerNote.rounded(to: 2), "\(seconds.rounded(to: 2)) s",
                    (take.seed ?? take.beam).map(String.init) ?? "",
                ] + (take.humanProbability.map { [$0.percent] } ?? []))
        }
        let remarks = givenRemarks.map { "\(source): \($0.onOneLine)\n" }.joined()
        let missing =
            takes.count < wantedTakes
            ? "only \(takes.count) of \(wantedTakes): the other beams tell the same notes\n" : ""
        let companions = takes.flatMap { [$0.sound, $0.roll] }.compactMap(\.self)
        let seconds = timing.companions.map { ", sound and rolls in \($0.rounded(to: 2)) s" } ?? ""
        return remarks + table.description + "\n" + missing + copies
            + companions.map { "\($0)\n" }.joined()
            + "\(takes.count.of("take")) in \(timing.total.rounded(to: 2)) s\(seconds)"
    }
}
