import Foundation
import Networks
import Testing
import Training

@Suite struct TrainingSettingsTests {
    @Test func settingsComeBackFromJSON() throws {
        let settings = try TrainerTests.settings(
            average: .triggered(patience: 3), length: .epochs(2.5),
            regularisation: Regularisation(weight: 0.5, activation: 2), isJittered: true)
        let json = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(TrainingSettings.self, from: json) == settings)
    }

    /// Each number put into the JSON of good settings, and what decoding says.
    @Test(arguments: [
        (#""streams":4"#, #""streams":0"#, "training.batch is 0, but must be 1…1024"),
        (#""steps":16"#, #""steps":5000"#, "training.window is 5000, but must be 1…4096"),
        (#""clip":1"#, #""clip":0"#, "optimiser.clip is 0.0, but must be a number above 0"),
        (#""_0":40"#, #""_0":0"#, "training.steps is 0, but must be at least 1"),
        (
            #""validationInterval":15"#, #""validationInterval":0"#,
            "training.validate-every is 0, but must be at least 1"
        ),
        (#""warmup":5"#, #""warmup":-5"#, "schedule.warmup is -5, but must be at least 0"),
        (
            #""beta2":0.99"#, #""beta2":1.5"#,
            "optimiser.beta2 is 1.5, but must be at least 0 and below 1"
        ),
    ])
    func numbersOutsideTheirRangesAreNotDecoded(
        good: String, bad: String, text: String
    ) throws {
        let json = try JSONEncoder.canonicalText(TrainerTests.settings())
        // Floats such as 0.99 come with all their digits.
        let plain = json.replacing(/0\.99000[0-9]*/, with: "0.99")
        try #require(plain.contains(good), "\(plain)")
        let error = #expect(throws: InvalidSetting.self) {
            try JSONDecoder().decode(
                TrainingSettings.self, from: Data(plain.replacing(good, with: bad).utf8))
        }
        #expect(error?.description == text)
    }
}
