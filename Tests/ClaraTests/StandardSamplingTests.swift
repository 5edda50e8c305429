import Clara
import Testing

/// How takes are sampled where nothing, or not all, is asked for.
@Suite struct StandardSamplingTests {
    private let standard = (
        temperature: Float(ContinuationSettings.standardTemperature),
        minP: Float(ContinuationSettings.standardMinP)
    )

    @Test func nothingAskedForIsTheStandard() throws {
        let sampling = try ContinuationSettings.standardSampling()
        #expect(sampling.temperature == standard.temperature && sampling.minP == standard.minP)
        #expect(sampling.topK == nil && sampling.topP == nil && sampling.choiceFrequency == nil)
        #expect(sampling.repetition.noRepeat == 24 && sampling.repetition.repeats == 2)
        #expect(sampling.repetition.noLoops)
    }

    @Test func aTemperatureAloneKeepsTheLeastLikelihood() throws {
        let sampling = try ContinuationSettings.sampling(temperature: 0.7)
        #expect(sampling.temperature == 0.7 && sampling.minP == standard.minP)
    }

    @Test func anotherChoiceOfTokensTakesItsPlace() throws {
        for sampling in [
            try ContinuationSettings.sampling(topK: 5),
            try ContinuationSettings.sampling(topP: 0.9),
            try ContinuationSettings.sampling(choiceFrequency: 0.5),
        ] {
            #expect(sampling.temperature == 1 && sampling.minP == nil)
        }
        let none = try ContinuationSettings.sampling(temperature: 0.9, minP: 0)
        #expect(none.temperature == 0.9 && none.minP == 0)
    }

    @Test func whatIsAskedForAboutRepetitionHolds() throws {
        let sampling = try ContinuationSettings.sampling(
            repetition: RepetitionSettings(noRepeat: 12))
        #expect(sampling.repetition.noRepeat == 12 && sampling.repetition.repeats == nil)
        #expect(sampling.minP == standard.minP)
    }
}
