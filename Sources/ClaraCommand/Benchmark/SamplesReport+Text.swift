import Clara

extension SamplesReport {
    /// For people.
    var summary: String {
        var parts = [headline, measuresTable.description, overlapsTable.description]
        if !models.isEmpty {
            parts += [familiesTable.description] + models.map { tellsTable(of: $0).description }
        }
        let notes = remarks
        if !notes.isEmpty { parts.append(notes.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    private var headline: String {
        "\(prompts.of("prompt")) of \(promptBars.of("bar")) from \(pieces.of("piece")), each "
            + "continued for \(continuationBars.of("bar"))"
    }

    private func table(_ title: String) -> TextTable {
        TextTable([(title, .left)] + columns.map { ($0.name, .right) })
    }

    private var measuresTable: TextTable {
        var table = table("mean ± standard error")
        for measure in SampleMeasure.allCases {
            let cells = columns.map { column in
                column.measures[measure].map { Self.text($0, of: measure) } ?? "–"
            }
            if cells.contains(where: { $0 != "–" }) { table.add([measure.title] + cells) }
        }
        table.add(
            ["longest of all copied runs"]
                + columns.map { column in
                    column.measures[.copiedRun].map { "\(Int($0.highest))" } ?? "–"
                })
        table.add(
            ["with a copy longer than \(CopiedRun.phrase) notes"]
                + columns.map { column in
                    column.copies.map { percent($0, of: column.samples.count) } ?? "–"
                })
        for fault in TakeFault.allCases {
            table.add(
                [fault.title] + columns.map { percent($0.faults.count(of: fault), of: prompts) })
        }
        table.add(["told from composers by a plain critic"] + columns.map(Self.criticText))
        return table
    }

    private static func text(_ summary: SampleSummary, of measure: SampleMeasure) -> String {
        let digits =
            switch measure {
            case .noteCount, .pitchCount, .pitchRange, .copiedRun, .nearlyCopiedRun: 1
            case .entropyOfOneBar, .entropyOfFourBars, .averageInterOnset, .averagePitchInterval: 2
            case .groovingSimilarity, .structurenessShort, .structurenessMiddle,
                .structurenessLong, .repetitions, .steps:
                3
            }
        return summary.mean.rounded(to: digits) + " ± "
            + summary.standardError.rounded(to: digits)
    }

    private static func criticText(_ column: Column) -> String {
        guard let critic = column.critic else { return "–" }
        func percent(_ share: Double) -> String { (100 * share).rounded(to: 0) }
        return
            "\(percent(critic.accuracy)) % (\(percent(critic.lowest))–\(percent(critic.highest)))"
    }

    private func percent(_ count: Int, of all: Int) -> String {
        (Double(count) / Double(max(1, all))).percent(to: 1)
    }

    private var overlapsTable: TextTable {
        var table = table("overlapped area (KL)")
        for first in columns.flatMap(\.overlaps).uniqueFeatures {
            table.add(
                [first.title]
                    + columns.map { column in
                        column.overlaps.first { $0.feature == first.feature }.map {
                            "\($0.area.rounded(to: 2)) (\($0.divergence.rounded(to: 2)))"
                        } ?? "–"
                    })
        }
        return table
    }

    /// Those whose continuations a network wrote, and a critic told by something.
    private var models: [Column] {
        columns.filter { $0.hash != nil && $0.critic?.tells.isEmpty == false }
    }

    private var familiesTable: TextTable {
        var table = TextTable(
            [("what the plain critic hears", .left)] + models.map { ($0.name, .right) })
        let shares = models.map { column in
            (column.critic?.tells ?? []).reduce(into: [:]) { shares, tell in
                shares[tell.family, default: 0] += tell.share
            }
        }
        let families = (shares.first ?? [:]).sorted { $0.value > $1.value }.map(\.key)
        for family in families {
            table.add([family] + shares.map { ($0[family] ?? 0).percent(to: 0) })
        }
        return table
    }

    private func tellsTable(of column: Column) -> TextTable {
        var table = TextTable([
            ("what tells \(column.name)", .left), ("", .left), ("of all", .right),
            ("composers", .right), (column.name, .right),
        ])
        for tell in (column.critic?.tells ?? []).prefix(12) {
            table.add([
                tell.title, tell.family, tell.share.percent(to: 1),
                tell.composers.rounded(to: 3), tell.machine.rounded(to: 3),
            ])
        }
        return table
    }

    private var remarks: [String] {
        var lines = columns.compactMap { column in
            column.longestCopy.map { sample, run in
                "\(column.name): the longest run is \(run.length.of("note")) of "
                    + "\(run.source.file.onOneLine), bar \(run.source.bar), in the continuation of "
                    + "\(sample.path.onOneLine) from bar \(sample.bar)"
                    + (sample.seed.map { ", seed \($0)" } ?? "")
            }
        }
        if let ngram {
            lines.append(
                "n-gram: order \(ngram.order), \(ngram.smoothing), counted on "
                    + ngram.pieces.of("piece"))
        }
        if comparedWith == nil {
            lines.append(
                "There is no index beside the first model and no training side to look for copied "
                    + "runs in (clara originality index).")
        }
        if !skipped.isEmpty {
            lines.append("\(skipped.count.of("piece")) gave no prompt, or no more of them.")
        }
        return lines
    }
}

extension [SamplesReport.Overlap] {
    /// The first of each feature.
    fileprivate var uniqueFeatures: [SamplesReport.Overlap] {
        var known: Set<String> = []
        return filter { known.insert($0.feature).inserted }
    }
}
