import Decoding
import Foundation
import Testing

@Suite struct BeamSettingsTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        var beams = 6
        var expansions = 3
        var groups = 1
        var diversity: Float?
        var lengthPenalty: Float = 1
        let text: String

        var testDescription: String { text }
    }

    static let refused = [
        Refused(beams: 0, text: "--beams must be a whole number from 1 to 1024, not 0"),
        Refused(beams: 1025, text: "--beams must be a whole number from 1 to 1024, not 1025"),
        Refused(
            expansions: 1,
            text: "--expand must be a whole number of at least 2 (1 for groups of one beam), not 1"),
        Refused(
            expansions: 0, groups: 6,
            text: "--expand must be a whole number of at least 2 (1 for groups of one beam), not 0"),
        Refused(
            groups: 4, text: "--beam-groups must be a whole number that divides the 6 beams, not 4"),
        Refused(
            groups: 0, text: "--beam-groups must be a whole number that divides the 6 beams, not 0"),
        Refused(
            groups: 12,
            text: "--beam-groups must be a whole number that divides the 6 beams, not 12"),
        Refused(
            groups: 2, diversity: 0,
            text: "--diversity must be a number above 0 with several groups of beams, and 0 with "
                + "one, not 0.0"),
        Refused(
            groups: 2, diversity: .nan,
            text: "--diversity must be a number above 0 with several groups of beams, and 0 with "
                + "one, not nan"),
        Refused(
            diversity: 1,
            text: "--diversity must be a number above 0 with several groups of beams, and 0 with "
                + "one, not 1.0"),
        Refused(
            lengthPenalty: -1, text: "--length-penalty must be a number of at least 0, not -1.0"),
        Refused(
            lengthPenalty: .infinity,
            text: "--length-penalty must be a number of at least 0, not inf"),
    ]

    @Test(arguments: refused)
    func illegalValuesAreRefusedWithTheirRange(_ refused: Refused) throws {
        let error = try #require(throws: BeamSettingsError.self) {
            try BeamSettings(
                beams: refused.beams, expansions: refused.expansions, groups: refused.groups,
                diversity: refused.diversity, lengthPenalty: refused.lengthPenalty)
        }
        #expect(error.description == refused.text)
    }

    @Test func theEndsOfTheRangesAreLegal() throws {
        _ = try BeamSettings(beams: 1, expansions: 1, diversity: 0, lengthPenalty: 0)
        _ = try BeamSettings(
            beams: 1024, expansions: 1, groups: 1024, diversity: .greatestFiniteMagnitude)
    }

    @Test func settingsSurviveJSON() throws {
        let all = try BeamSettings(
            beams: 6, expansions: 4, groups: 3, diversity: 0.75, lengthPenalty: 0.5,
            repetition: RepetitionSettings(penalty: 1.25, noRepeat: 9, repeats: 2))
        for settings in [all, try BeamSettings()] {
            let json = try JSONEncoder().encode(settings)
            #expect(try JSONDecoder().decode(BeamSettings.self, from: json) == settings)
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(BeamSettings.self, from: Data(#"{"beams": 0}"#.utf8))
        }
    }

    @Test func plainSettingsAreThoseOfClarasAuthor() throws {
        let settings = try BeamSettings()
        #expect(settings.beams == 3 && settings.expansions == 3 && settings.groups == 1)
        #expect(settings.diversity == 0 && settings.repetition == .none)
    }
}
