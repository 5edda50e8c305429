import Clara

/// What a piece shares with others, for people.
enum OriginalityText {
    static let phrase = CopiedRun.phrase

    static let nothing = "nothing of \(CopiedRun.leastLength) notes or more"

    /// A table of runs.
    static func table(_ runs: [CopiedRun], isExact: Bool) -> String {
        var columns: [(String, TextTable.Alignment)] = [
            ("length", .right), ("notes", .right), ("bar", .right), ("at", .right),
            ("lasts", .right), ("beats", .right), ("key", .right), ("source", .left),
        ]
        if !isExact { columns.insert(("changed", .right), at: 2) }
        var table = TextTable(columns.map { (title: $0.0, alignment: $0.1) })
        for run in runs {
            var cells = [
                "\(run.length)", "\(run.notes)", "\(run.bar)", time(run.start),
                "\(run.seconds.rounded(to: 1)) s", run.quarters.rounded(to: 1),
                key(run.semitones), place(run.source),
            ]
            if !isExact { cells.insert("\(run.notes - run.sharedNotes)", at: 2) }
            table.add(cells)
        }
        return table.description
    }

    /// “Chopin, Fryderyk: Rondo, bar 12 (midi/001.mid)”.
    static func place(_ source: CopiedRun.Source) -> String {
        let names = [source.composer, source.title].compactMap(\.self).joined(separator: ": ")
        let place = "bar \(source.bar)"
        return
            (names.isEmpty ? "\(source.file), \(place)" : "\(names), \(place) (\(source.file))")
            .onOneLine
    }

    /// “+3”: three semitones higher than the source.
    private static func key(_ semitones: Int) -> String {
        semitones > 0 ? "+\(semitones)" : semitones < 0 ? "−\(-semitones)" : "same"
    }

    /// “1:05”.
    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.down))
        return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
    }
}

extension OriginalityReport {
    /// For people.
    var summary: String {
        var lines = [
            "\(file.onOneLine): \(notes.of("note")), "
                + (newFromBar.map { "what is new from bar \($0) on, " } ?? "\(bars.of("bar")), ")
                + "compared with \(pieces.of("piece")) of \(comparedWith.joined(separator: ", "))"
                .onOneLine
                + (leftOut > 0 ? ", itself left out" : ""),
            "",
        ]
        for (runs, name, isExact) in [(exact, "exact", true), (near, "with small changes", false)] {
            if runs.isEmpty {
                lines += ["\(name): \(OriginalityText.nothing)", ""]
            } else {
                lines += ["\(name):", OriginalityText.table(runs, isExact: isExact), ""]
            }
        }
        return (lines + verdict).joined(separator: "\n")
    }

    private var verdict: [String] {
        let length = exact.first?.length ?? 0
        var lines = [
            length > phrase
                ? "The longest exact run is longer than a phrase (\(phrase) notes): a copy."
                : "No exact run is longer than a phrase (\(phrase) notes)."
        ]
        guard let chance else { return lines }
        func line(_ name: String, _ lengths: Chance.Lengths, _ within: Int) -> String {
            "  \(name): median \(lengths.median), 19 in 20 within \(lengths.nineteenInTwenty), "
                + "longest \(lengths.longest); no longer than this piece's: \(within)"
        }
        lines += [
            "Of \(chance.pieces.of("piece")) by people that are not in there, nor their duplicates, "
                + "the longest runs are:",
            line("exact", chance.exact, chance.exactWithin),
            line("with small changes", chance.near, chance.nearWithin),
        ]
        return lines
    }
}
