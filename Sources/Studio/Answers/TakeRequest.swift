import Clara

/// What takes a client asks for.
struct TakeRequest: Decodable, Hashable, Sendable {
    /// Nil for the bar after the node's last.
    var fromBar: Int?
    var bars: Int?
    var takes: Int?
    var voice: String?
    var style: String?
    var temperature: Double?
    var topK: Int?
    var topP: Double?
    var minP: Double?
    var choiceFrequency: Double?
    var repetitionPenalty: Double?
    var noRepeat: Int?
    var repeats: Int?
    var seed: Int?
    /// Whether no more than a phrase is copied of the music that the voice learnt from.
    var original: Bool?
    /// Whether the tempo is kept.
    var steady: Bool?
    /// Whether takes are judged when they are complete.
    var judge: Bool?

    /// Those asked for, or four.
    var barCount: Int { bars ?? 4 }
    private var takeCount: Int { takes ?? 3 }
    private var chosenTemperature: Double { temperature ?? 0.9 }

    /// - Parameter seed: for where none is asked for.
    func settings(
        of voice: Voice, seed random: Int, limits: StudioLimits
    ) throws -> ContinuationSettings {
        let (takes, bars) = (takeCount, barCount)
        guard (1...limits.takesOfJob).contains(takes) else {
            throw StudioError.badRequest(
                "“takes” must be 1 to \(limits.takesOfJob), not \(takes).")
        }
        guard (1...limits.barsOfTake).contains(bars) else {
            throw StudioError.badRequest("“bars” must be 1 to \(limits.barsOfTake), not \(bars).")
        }
        if let style, !voice.styles.contains(style) {
            throw StudioError.badRequest(
                "The voice “\(voice.name)” knows no style “\(style.prefix(40))”; "
                    + "/api/voices lists those it knows.")
        }
        let sampling = try SamplingSettings(
            temperature: Float(chosenTemperature), topK: topK, topP: topP.map { Float($0) },
            minP: minP.map { Float($0) }, choiceFrequency: choiceFrequency.map { Float($0) },
            repetition: RepetitionSettings(
                penalty: repetitionPenalty.map { Float($0) }, noRepeat: noRepeat, repeats: repeats))
        return try ContinuationSettings(
            length: .bars(bars), takes: takes, sampling: sampling, seed: seed ?? random,
            style: style, keepsTempo: steady ?? false)
    }

    func facts(of take: Take, voice: Voice) -> TakeFacts {
        TakeFacts(
            voice: voice.name, style: style, seed: take.seed ?? 0,
            temperature: chosenTemperature, topK: topK, topP: topP, minP: minP,
            choiceFrequency: choiceFrequency, repetitionPenalty: repetitionPenalty,
            noRepeat: noRepeat, repeats: repeats, original: original ?? false,
            steady: steady ?? false,
            // A voice that gave no usable number would have failed before.
            logProbabilityPerNote: take.logProbabilityPerNote.isFinite
                ? take.logProbabilityPerNote : 0,
            originality: nil, human: nil)
    }
}
