import Decoding
import Measures

/// How continuations by models compare with the composers' own of the same prompts.
public struct SamplesReport: Sendable, Encodable {
    /// How alike two sets are in a feature; see `FeatureOverlap`.
    public struct Overlap: Hashable, Sendable, Encodable {
        public let feature: String
        /// For people.
        public let title: String
        /// 0…1
        public let area: Double
        /// Kullback–Leibler, in nats.
        public let divergence: Double

        init?(_ feature: MusicFeature, _ overlap: FeatureOverlap?) {
            guard let overlap else { return nil }
            self.feature = feature.rawValue
            title = feature.title
            area = overlap.area
            divergence = overlap.divergence
        }
    }

    /// How well a plain classifier tells the continuations from the composers'; see `CriticTrial`.
    public struct Critic: Hashable, Sendable, Encodable {
        /// 0…1; a half is chance.
        public let accuracy: Double
        /// The 95 % confidence interval.
        public let lowest: Double
        public let highest: Double
        /// What it is told by, the strongest first.
        public let tells: [CriticTell]
    }

    /// One continuation.
    public struct Sample: Sendable, Encodable {
        /// The prompt's piece.
        public let path: String
        /// Its bar, counted from 1, with which the prompt begins.
        public let bar: Int
        /// Of a sampled one.
        public let seed: Int?
        public let values: [SampleMeasure: Double]
        public let faults: [TakeFault]
        /// The longest run shared with the training music, note for note; nil where there is none.
        public let copied: CopiedRun?
    }

    /// All continuations by one author.
    public struct Column: Sendable, Encodable {
        public let name: String
        /// Of a model.
        public let hash: String?
        public let measures: [SampleMeasure: SampleSummary]
        public let faults: TakeReviewReport.Tally
        /// How many contain an exact run that is longer than a phrase; nil where nothing was compared.
        public let copies: Int?
        /// Beside the composers'; of theirs, one half of the pieces beside the other.
        public let overlaps: [Overlap]
        /// Nil of the composers' own, and where there are too few pieces.
        public let critic: Critic?
        /// In the order of the prompts.
        public let samples: [Sample]

        /// The continuation with the longest copied run, and that run.
        public var longestCopy: (sample: Sample, run: CopiedRun)? {
            samples.compactMap { sample in sample.copied.map { (sample, $0) } }
                .max { $0.1.length < $1.1.length }
        }
    }

    /// The n-gram model that wrote one column.
    public struct NGram: Hashable, Sendable, Encodable {
        public let order: Int
        public let smoothing: String
        /// How many pieces were counted.
        public let pieces: Int
    }

    /// The composers, the models in the order they were named, the n-gram model if there is one.
    public let columns: [Column]
    /// Folders and queries that the prompts are from.
    public let data: [String]
    public let side: Evaluation.Side
    /// How many prompts were continued.
    public let prompts: Int
    /// How many pieces they are from.
    public let pieces: Int
    public let promptBars: Int
    public let continuationBars: Int
    public let sampling: SamplingSettings
    public let seed: Int
    public let ngram: NGram?
    /// What copied runs were looked for in; nil where there was nothing.
    public let comparedWith: [String]?
    public let skipped: [TakeReviewReport.Skipped]
}
