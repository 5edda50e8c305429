import ArgumentParser
import Clara

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a MIDI file holds, and what is wrong with it.",
        discussion: """
            Shows tracks and parts with their instruments and ranges, tempo, meter and key, the length, texts, \
            what had to be repaired in the file and what Clara leaves out of it. Damaged files are \
            read as far as they make sense; with --strict the first breach of the specification is \
            an error.

            Examples:
              clara inspect Examples/waltz-in-a-minor.mid
              clara inspect old.mid --strict
              clara inspect old.mid --json
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "file.mid"))
    var file: String

    @Flag(help: "Refuse a file that breaches the specification.")
    var strict = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let inspection = try inspection()
        try Terminal().say(json ? inspection.jsonText() : inspection.summary)
    }

    private func inspection() throws -> Inspection {
        do {
            return try Inspection(ofFile: file, isStrict: strict)
        } catch {
            guard strict, case .damaged(let repair) = error.reason else { throw error }
            throw Failure(
                "\(file): is damaged (\(repair)); leave out --strict, or export the file again")
        }
    }
}

extension Inspection {
    /// Lines of a kind that are shown to people; JSON has all.
    private static let shown = 8

    /// For people.
    fileprivate var summary: String {
        var facts = [
            format, tracks.count.of("track"), notes.of("note"), bars.of("bar"),
            TimeLeft.text(seconds: seconds),
        ]
        if let key { facts.append(key) }
        if upbeat > 0 { facts.append("upbeat of \(upbeat.rounded(to: 2)) quarters") }
        var lines = ["\(file.onOneLine): " + facts.joined(separator: ", "), "", partTable, ""]
        lines += Self.list("tempo", tempos) { "\($0.rounded(to: 1)) quarters a minute" }
        lines += Self.list("meter", meters) { $0 }
        lines += Self.list("key signature", keys) { $0 }
        lines += Self.list("text", texts)
        if !lyrics.isEmpty {
            lines.append("lyrics: \(lyrics.joined().prefix(200).description.onOneLine)")
        }
        lines += Self.list("repaired", repairs)
        lines += Self.list("not used", omissions)
        return lines.joined(separator: "\n")
    }

    private var partTable: String {
        var table = TextTable([
            ("part", .left), ("instrument", .left), ("notes", .right), ("range", .left),
            ("pedal", .right),
        ])
        for part in parts {
            table.add([
                part.name.onOneLine, part.instrument, part.notes.grouped,
                [part.lowest, part.highest].compactMap(\.self).joined(separator: "–"),
                part.pedals > 0 ? part.pedals.grouped : "",
            ])
        }
        return table.description
    }

    private static func list<Value>(
        _ title: String, _ changes: [Change<Value>], text: (Value) -> String
    ) -> [String] {
        list(
            title,
            changes.map {
                "bar \($0.bar), beat \($0.beat) (\($0.seconds.rounded(to: 1)) s): \(text($0.value))"
            })
    }

    private static func list(_ title: String, _ lines: [String]) -> [String] {
        var shown = lines.prefix(shown).map { "\(title): \($0.onOneLine)" }
        if lines.count > shown.count { shown.append("\(title): \(lines.count - shown.count) more") }
        return shown
    }
}
