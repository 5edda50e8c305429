import Clara

/// What takes a client asks for.
struct TakeRequest: Decodable, Hashable, Sendable {
    /// Nil for the bar after the node's last.
    var fromBar: WholeNumber?
    var bars: WholeNumber?
    var takes: WholeNumber?
    var voice: String?
    var style: String?
    var temperature: Double?
    var topK: WholeNumber?
    var topP: Double?
    var minP: Double?
    var choiceFrequency: Double?
    var repetitionPenalty: Double?
    var noRepeat: WholeNumber?
    var repeats: WholeNumber?
    /// Whether two bars or fewer may come a fourth time in a row.
    var loops: Bool?
    var seed: WholeNumber?
    /// Whether no more than a phrase is copied of the music that the voice learnt from.
    var original: Bool?
    /// Whether the tempo is kept.
    var steady: Bool?
    /// Whether takes are judged when they are complete.
    var judge: Bool?

    /// Where no number of bars is asked for.
    private static let standardBars = 4

    /// Those asked for, or four.
    var barCount: Int { bars?.value ?? Self.standardBars }
    private var chosenTemperature: Double {
        temperature ?? ContinuationSettings.standardTemperature
    }

    /// - Parameter seed: for where none is asked for.
    func settings(
        of voice: Voice, seed random: Int, limits: StudioLimits
    ) throws -> ContinuationSettings {
        let takes = try takes?.within(1...limits.takesOfJob, "takes") ?? 3
        let bars = try bars?.within(1...limits.barsOfTake, "bars") ?? Self.standardBars
        if let style, voice.style(named: style) == nil {
            throw StudioError.badRequest(
                "The voice “\(voice.name)” knows no style “\(style.prefix(40))”; "
                    + "/api/voices lists those it knows.")
        }
        return try ContinuationSettings(
            length: .bars(bars), takes: takes, sampling: sampling(),
            seed: seed?.within(ContinuationSettings.seedRange, "seed") ?? random,
            style: style, keepsTempo: steady ?? false)
    }

    private func sampling() throws -> SamplingSettings {
        try ContinuationSettings.sampling(
            temperature: Float(chosenTemperature),
            topK: topK?.within(SamplingSettings.topKRange, "topK"), topP: topP.map { Float($0) },
            minP: minP.map { Float($0) }, choiceFrequency: choiceFrequency.map { Float($0) },
            repetition: repetition())
    }

    private func repetition() throws -> RepetitionSettings {
        let standard = try ContinuationSettings.standardSampling().repetition
        let isStandard = noRepeat == nil && repeats == nil
        return try RepetitionSettings(
            penalty: repetitionPenalty.map { Float($0) },
            noRepeat: noRepeat?.within(RepetitionSettings.noRepeatRange, "noRepeat")
                ?? (isStandard ? standard.noRepeat : nil),
            repeats: repeats?.within(RepetitionSettings.repeatsRange, "repeats")
                ?? (isStandard ? standard.repeats : nil),
            noLoops: loops.map { !$0 } ?? standard.noLoops)
    }

    func facts(of take: Take, voice: Voice) -> TakeFacts {
        TakeFacts(
            voice: voice.name, style: style.flatMap { voice.style(named: $0) },
            seed: take.seed ?? 0,
            temperature: chosenTemperature, topK: topK?.value, topP: topP, minP: minP,
            choiceFrequency: choiceFrequency, repetitionPenalty: repetitionPenalty,
            noRepeat: noRepeat?.value, repeats: repeats?.value, loops: loops,
            original: original ?? false,
            steady: steady ?? false,
            // A voice that gave no usable number would have failed before.
            logProbabilityPerNote: take.logProbabilityPerNote.isFinite
                ? take.logProbabilityPerNote : 0,
            originality: nil, human: nil)
    }
}
