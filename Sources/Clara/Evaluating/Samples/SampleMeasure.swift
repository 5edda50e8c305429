import Measures

/// What a continuation is measured by in a single number.
public enum SampleMeasure: String, Hashable, Sendable, Codable, CodingKeyRepresentable, CaseIterable
{
    case entropyOfOneBar, entropyOfFourBars, groovingSimilarity
    case structurenessShort, structurenessMiddle, structurenessLong
    case pitchCount, pitchRange, noteCount, averageInterOnset, averagePitchInterval
    case repetitions, steps
    case copiedRun, nearlyCopiedRun

    /// For people.
    public var title: String {
        switch self {
        case .entropyOfOneBar: "pitch-class entropy, 1 bar"
        case .entropyOfFourBars: "pitch-class entropy, 4 bars"
        case .groovingSimilarity: "grooving similarity"
        case .structurenessShort: "structureness, 3–8 s"
        case .structurenessMiddle: "structureness, 8–15 s"
        case .structurenessLong: "structureness, over 15 s"
        case .pitchCount: MusicFeature.pitchCount.title
        case .pitchRange: MusicFeature.pitchRange.title
        case .noteCount: MusicFeature.noteCount.title
        case .averageInterOnset: MusicFeature.averageInterOnset.title
        case .averagePitchInterval: MusicFeature.averagePitchInterval.title
        case .repetitions: "repeated notes in the upper line"
        case .steps: "steps in the upper line"
        case .copiedRun: "longest copied run"
        case .nearlyCopiedRun: "longest run copied with changes"
        }
    }

    /// What its numbers count; empty where the title tells it, and for shares of 1.
    public var unit: String {
        switch self {
        case .entropyOfOneBar, .entropyOfFourBars: "bits"
        case .groovingSimilarity, .structurenessShort, .structurenessMiddle, .structurenessLong,
            .pitchCount, .noteCount, .repetitions, .steps:
            ""
        case .pitchRange, .averagePitchInterval: "semitones"
        case .averageInterOnset: "quarters"
        case .copiedRun, .nearlyCopiedRun: "notes"
        }
    }
}
