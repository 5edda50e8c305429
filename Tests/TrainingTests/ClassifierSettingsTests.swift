import Foundation
import Testing
import Training

@Suite struct ClassifierSettingsTests {
    /// Of four groups: embedding, two layers, head.
    @Test(arguments: [
        (Unfreezing.none, [0, 0, 0, 0, 0, 0, 0, 0]),
        (.headOnly, [3, 3, 3, 3, 3, 3, 3, 3]),
        (.gradual(epochsEach: 1), [3, 2, 1, 0, 0, 0, 0, 0]),
        (.gradual(epochsEach: 2), [3, 3, 2, 2, 1, 1, 0, 0]),
    ])
    func groupsThawFromTheHeadDown(unfreezing: Unfreezing, firsts: [Int]) {
        #expect(firsts.indices.map { unfreezing.firstGroup(inEpoch: $0, of: 4) } == firsts)
    }

    @Test(arguments: ClassifierTrainerTests.Kind.allCases)
    func whatIsEncodedIsDecoded(kind: ClassifierTrainerTests.Kind) throws {
        let settings = try ClassifierTrainerTests.settings(
            kind, unfreezing: .gradual(epochsEach: 2), layerFactor: 2.6, dropout: 0.2, seed: .max)
        let json = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(ClassifierTrainingSettings.self, from: json) == settings)
    }

    @Test func settingsOutsideTheirRangeAreRefused() {
        typealias Tests = ClassifierTrainerTests
        #expect(throws: InvalidSetting.self) { try Tests.settings(layerFactor: 0.5) }
        #expect(throws: InvalidSetting.self) { try Tests.settings(epochs: 0) }
        #expect(throws: InvalidSetting.self) { try Tests.settings(streams: 0) }
        #expect(throws: InvalidSetting.self) { try Tests.settings(kind: .adam) }
        #expect(throws: InvalidSetting.self) {
            try Tests.settings(unfreezing: .gradual(epochsEach: 0))
        }
    }
}
