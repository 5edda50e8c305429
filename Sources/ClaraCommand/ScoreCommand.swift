import ArgumentParser
import Clara

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Write a MIDI file down as a score.",
        discussion: """
            Writes MusicXML 4.0, which MuseScore, Dorico, Sibelius, Finale and others open: two staves \
            for a piano, voices, beams, ties, tuplets, names of notes by the key. Music that was \
            typed keeps its rhythm; of music that was played, each beat takes the division that fits \
            it best. Drums are left out.

            Examples:
              clara score Examples/waltz-in-a-minor.mid -o waltz.musicxml
              clara score take.mid -o take.musicxml --pdf take.pdf \\
                  --title "Valse" --composer "C. S."
              clara score played.mid -o played.musicxml --quantised played-on-the-grid.mid
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "file.mid"))
    var file: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The MusicXML file to write.", valueName: "file.musicxml"))
    var output: String?

    @Option(help: ArgumentHelp("Engrave to PDF, by MuseScore.", valueName: "file.pdf"))
    var pdf: String?

    @Option(
        help: ArgumentHelp(
            "Engrave to SVG, by MuseScore; a file for each page.", valueName: "file.svg"))
    var svg: String?

    @Option(
        help: ArgumentHelp("Write the notes as printed to a MIDI file.", valueName: "file.mid"))
    var quantised: String?

    @Option(help: ArgumentHelp("The title (default: from the file's name).", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("The composer, printed at the right.", valueName: "text"))
    var composer: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if output == nil, pdf == nil, svg == nil, quantised == nil {
            throw ValidationError("Tell what to write: -o <file.musicxml>, --pdf or --svg")
        }
        if let output, let ending = ["pdf", "svg"].first(where: { output.hasSuffix(".\($0)") }) {
            throw ValidationError("-o writes MusicXML; engrave by --\(ending) \(output)")
        }
    }

    func run() throws {
        let outputs: [(path: String?, kind: FileKind)] = [
            (output, .musicXML), (quantised, .midi), (pdf, .pdf), (svg, .svg),
        ]
        for (path, kind) in outputs {
            guard let path else { continue }
            try OutputFile(path).check(isOf: kind, otherThan: file)
        }
        let pages = [(pdf, Engraver.Format.pdf), (svg, .svg)]
        let engravings = try pages.compactMap { path, format in
            try path.map { (path: $0, format: format, engraver: try Engraver(for: format)) }
        }
        let score = try WrittenScore(ofFile: file, title: title, composer: composer)
        let musicXML = score.musicXML
        var written: [String] = []
        if let output {
            try OutputFile(output).write(musicXML)
            written.append(output)
        }
        if let quantised {
            try MIDIFile.write(score.quantised, to: quantised)
            written.append(quantised)
        }
        for (path, format, engraver) in engravings {
            written += try engraver.engrave(musicXML, as: format, to: path)
        }
        try Terminal().say(
            json
                ? Report(score: score.summary, written: written).jsonText()
                : score.summary.text(written: written))
    }

    private struct Report: Encodable {
        let score: WrittenScore.Summary
        let written: [String]
    }
}

extension WrittenScore.Summary {
    fileprivate func text(written: [String]) -> String {
        let staves = parts.reduce(0) { $0 + $1.staves }
        var lines = [
            "\(written.joined(separator: ", ")): \(bars.of("bar")), \(parts.count.of("part")), "
                + "\(staves.of("staff", plural: "staves")), \(notes.of("note")), \(key)"
        ]
        if isPerformance {
            lines.append(
                "  played freely: onsets moved by \(meanShift.rounded(to: 3)) quarters in the mean")
        } else if movedOnsets > 0 {
            lines.append("  \(movedOnsets.of("note")) moved to the grid")
        }
        if changedDurations > 0 {
            lines.append("  \(changedDurations.of("note")) written longer or shorter than held")
        }
        if drumNotes > 0 { lines.append("  \(drumNotes.of("drum note")) left out") }
        return lines.joined(separator: "\n")
    }
}
