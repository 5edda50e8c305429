import Decoding
import Foundation
import Testing

@Suite struct SamplingSettingsTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        var temperature: Float = 1
        var topK: Int?
        var topP: Float?
        var minP: Float?
        var choiceFrequency: Float?
        let text: String

        var testDescription: String { text }
    }

    static let refused = [
        Refused(
            temperature: .nan,
            text: "--temperature must be a number above 0 and at most 100, not nan"),
        Refused(
            temperature: 0, text: "--temperature must be a number above 0 and at most 100, not 0.0"),
        Refused(
            temperature: -1.5,
            text: "--temperature must be a number above 0 and at most 100, not -1.5"),
        Refused(
            temperature: .infinity,
            text: "--temperature must be a number above 0 and at most 100, not inf"),
        Refused(topK: 0, text: "--top-k must be a whole number from 1 to 10000, not 0"),
        Refused(topK: -3, text: "--top-k must be a whole number from 1 to 10000, not -3"),
        Refused(
            temperature: 100.5,
            text: "--temperature must be a number above 0 and at most 100, not 100.5"),
        Refused(topK: 10_001, text: "--top-k must be a whole number from 1 to 10000, not 10001"),
        Refused(
            topK: .max, text: "--top-k must be a whole number from 1 to 10000, not \(Int.max)"),
        Refused(topP: 0, text: "--top-p must be a number above 0 and at most 1, not 0.0"),
        Refused(topP: 1.5, text: "--top-p must be a number above 0 and at most 1, not 1.5"),
        Refused(topP: .nan, text: "--top-p must be a number above 0 and at most 1, not nan"),
        Refused(minP: -0.1, text: "--min-p must be a number from 0 to 1, not -0.1"),
        Refused(minP: .nan, text: "--min-p must be a number from 0 to 1, not nan"),
        Refused(
            choiceFrequency: 1.01, text: "--choice-frequency must be a number from 0 to 1, not 1.01"
        ),
        Refused(
            choiceFrequency: .nan, text: "--choice-frequency must be a number from 0 to 1, not nan"),
    ]

    @Test(arguments: refused)
    func illegalValuesAreRefusedWithTheirRange(_ refused: Refused) throws {
        let error = try #require(throws: SamplingSettingsError.self) {
            try SamplingSettings(
                temperature: refused.temperature, topK: refused.topK, topP: refused.topP,
                minP: refused.minP, choiceFrequency: refused.choiceFrequency)
        }
        #expect(error.description == refused.text)
        #expect(refused.text.hasSuffix(" \(error.value)"))
    }

    @Test func theEndsOfTheRangesAreLegal() throws {
        _ = try SamplingSettings(
            temperature: .leastNonzeroMagnitude, topK: 1, topP: .leastNonzeroMagnitude, minP: 0,
            choiceFrequency: 0)
        _ = try SamplingSettings(
            temperature: 100, topK: 10_000, topP: 1, minP: 1, choiceFrequency: 1)
    }

    @Test func settingsSurviveJSON() throws {
        let all = try SamplingSettings(
            temperature: 0.9, topK: 12, topP: 0.95, minP: 0.02, choiceFrequency: 0.8,
            repetition: RepetitionSettings(
                penalty: 1.1, noRepeat: 12, repeats: 1, noLoops: true))
        for settings in [all, .plain, .greedy] {
            let json = try JSONEncoder().encode(settings)
            #expect(try JSONDecoder().decode(SamplingSettings.self, from: json) == settings)
        }
        #expect(
            try JSONDecoder().decode(SamplingSettings.self, from: Data("{}".utf8)) == .plain)
    }

    @Test func illegalSettingsInJSONAreRefused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SamplingSettings.self, from: Data(#"{"topK": 0}"#.utf8))
        }
    }
}
