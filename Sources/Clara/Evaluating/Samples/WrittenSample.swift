import Measures
import Score

/// A prompt and how somebody continued it.
struct WrittenSample: Sendable {
    let score: Score
    /// The bar line where the prompt ends, in the score's ticks.
    let seam: Ticks
    /// The bar line where the continuation ends.
    let end: Ticks
    /// Of a sampled one.
    let seed: Int?
}

extension WrittenSample {
    /// The composer's own continuation.
    init(composedIn prompt: ReviewPrompt) {
        self.init(score: prompt.composed, seam: prompt.seam, end: prompt.end, seed: nil)
    }

    /// - Parameters:
    ///   - score: the prompt and a machine's continuation, maybe at a finer resolution than the prompt.
    ///   - end: in the score's ticks.
    init(_ score: Score, endingAt end: Ticks, after prompt: ReviewPrompt, seed: Int) {
        let factor = score.ticksPerQuarter / prompt.score.ticksPerQuarter
        self.init(
            score: score, seam: Ticks(prompt.seam.count * factor), end: end, seed: seed)
    }
}

/// What is measured of one continuation.
struct MeasuredSample: Sendable {
    let values: [SampleMeasure: Double]
    let faults: [TakeFault]
    /// The longest exact run and the longest one with changes.
    let copies: TakeCopies?
    let features: [MusicFeature: [Double]]
    let criticFeatures: [Double]
    let seed: Int?

    /// - Parameter source: the music that runs may be copied from; nil where there is none.
    init(_ sample: WrittenSample, comparedWith source: OriginalitySource?) {
        let new = Excerpt(sample.seam..<sample.end, of: sample.score)
        let structure = Structureness(of: Excerpt(.zero..<sample.end, of: sample.score))
        faults = TakeFault.all(in: Passage(sample.seam..<sample.end, of: sample.score))
        var features: [MusicFeature: [Double]] = [:]
        for feature in MusicFeature.allCases { features[feature] = new.values(of: feature) }
        self.features = features
        criticFeatures = CriticFeatures.vector(of: new)
        seed = sample.seed
        copies = source.map {
            TakeCopies(of: sample.score.ending(at: sample.end), from: sample.seam, comparedWith: $0)
        }
        var values: [SampleMeasure: Double] = [
            .structurenessShort: structure.short, .structurenessMiddle: structure.middle,
            .structurenessLong: structure.long,
        ]
        values[.entropyOfOneBar] = new.pitchClassEntropy(ofBars: 1)
        values[.entropyOfFourBars] = new.pitchClassEntropy(ofBars: 4)
        values[.groovingSimilarity] = new.groovingSimilarity
        values[.pitchCount] = features[.pitchCount]?.first
        values[.pitchRange] = features[.pitchRange]?.first
        values[.noteCount] = features[.noteCount]?.first
        values[.averageInterOnset] = features[.averageInterOnset]?.first
        values[.averagePitchInterval] = features[.averagePitchInterval]?.first
        let motion = new.melodicMotion
        values[.repetitions] = motion?.repetitions
        values[.steps] = motion?.steps
        if let copies {
            values[.copiedRun] = Double(copies.exact?.length ?? 0)
            values[.nearlyCopiedRun] = Double(copies.near?.length ?? 0)
        }
        self.values = values
    }
}

extension Score {
    /// Without the notes that begin at `end` or later.
    fileprivate func ending(at end: Ticks) -> Score {
        var score = self
        score.parts = parts.map { part in
            Part(
                name: part.name, program: part.program, isDrums: part.isDrums,
                notes: part.notes.filter { $0.onset < end })
        }
        return score
    }
}
