import Measures
import Tensors

/// Sets what the authors wrote beside each other.
struct SamplesComparison: Sendable {
    let prompts: [ReviewPrompt]
    /// The prompts' pieces, by number.
    let groups: [Int]
    /// Whether copied runs were looked for.
    let isCompared: Bool
    /// Deals the critic's folds.
    let seed: Int

    /// - Parameter authors: the composers first.
    func columns(
        _ authors: [(name: String, hash: String?, samples: [MeasuredSample])]
    ) -> [SamplesReport.Column] {
        guard let composers = authors.first?.samples else { return [] }
        return authors.enumerated().map { index, author in
            let samples = author.samples
            let isHuman = index == 0
            return SamplesReport.Column(
                name: author.name, hash: author.hash, measures: summaries(of: samples),
                faults: tally(of: samples),
                copies: isCompared
                    ? samples.count { ($0.copies?.exact?.length ?? 0) > CopiedRun.phrase } : nil,
                overlaps: isHuman
                    ? overlapsOfHalves(composers) : overlaps(of: samples, with: composers),
                critic: isHuman ? nil : critic(of: samples, beside: composers),
                samples: zip(prompts, samples).map { prompt, sample in
                    SamplesReport.Sample(
                        path: prompt.path, bar: prompt.firstBar, seed: sample.seed,
                        values: sample.values, faults: sample.faults,
                        copied: sample.copies?.exact)
                })
        }
    }

    private func summaries(of samples: [MeasuredSample]) -> [SampleMeasure: SampleSummary] {
        var summaries: [SampleMeasure: SampleSummary] = [:]
        for measure in SampleMeasure.allCases {
            summaries[measure] = SampleSummary(samples.compactMap { $0.values[measure] })
        }
        return summaries
    }

    private func tally(of samples: [MeasuredSample]) -> TakeReviewReport.Tally {
        var tally = TakeReviewReport.Tally()
        for sample in samples { tally.add(sample.faults) }
        return tally
    }

    private func overlaps(
        of samples: [MeasuredSample], with composers: [MeasuredSample]
    ) -> [SamplesReport.Overlap] {
        MusicFeature.allCases.compactMap { feature in
            SamplesReport.Overlap(
                feature,
                FeatureOverlap(
                    of: feature, reference: composers.map { $0.features[feature] ?? [] },
                    groups: groups, other: samples.map { $0.features[feature] ?? [] },
                    otherGroups: groups))
        }
    }

    /// What sets of one kind come to: one half of the pieces beside the other.
    private func overlapsOfHalves(_ composers: [MeasuredSample]) -> [SamplesReport.Overlap] {
        var halves: [Int: Bool] = [:]
        for (index, group) in Set(groups).sorted().enumerated() {
            halves[group] = index.isMultiple(of: 2)
        }
        let first = groups.indices.filter { halves[groups[$0]] == true }
        let second = groups.indices.filter { halves[groups[$0]] == false }
        return MusicFeature.allCases.compactMap { feature in
            SamplesReport.Overlap(
                feature,
                FeatureOverlap(
                    of: feature, reference: first.map { composers[$0].features[feature] ?? [] },
                    groups: first.map { groups[$0] },
                    other: second.map { composers[$0].features[feature] ?? [] },
                    otherGroups: second.map { groups[$0] }))
        }
    }

    private func critic(
        of samples: [MeasuredSample], beside composers: [MeasuredSample]
    ) -> SamplesReport.Critic? {
        var generator = SeededGenerator(seed: UInt64(seed))
        let (human, machine) = (composers.map(\.criticFeatures), samples.map(\.criticFeatures))
        return CriticTrial(human: human, machine: machine, groups: groups, using: &generator)
            .map { trial in
                SamplesReport.Critic(
                    accuracy: trial.accuracy, lowest: trial.interval.lowerBound,
                    highest: trial.interval.upperBound,
                    tells: CriticTell.all(trial, composers: human, machine: machine))
            }
    }
}
