import ArgumentParser
import Clara
import Library

/// Which pieces of a library are meant.
struct QueryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Words of the composer's name, whatever their accents. Like each of these, it can be "
                + "given several times: any of them will do.", valueName: "name"))
    var composer: [String] = []

    @Option(help: ArgumentHelp("Words of the performer's name.", valueName: "name"))
    var performer: [String] = []

    @Option(help: ArgumentHelp("Words of the title.", valueName: "words"))
    var title: [String] = []

    @Option(help: ArgumentHelp("The style, such as jazz or bebop.", valueName: "style"))
    var style: [String] = []

    @Option(
        help: ArgumentHelp(
            "An instrument, by General MIDI's name or the part's.", valueName: "name"))
    var instrument: [String] = []

    @Option(
        help: ArgumentHelp(
            "The key, such as \"Eb major\", Am, d or minor.", valueName: "key"),
        transform: { text in
            guard let key = KeyQuery(text) else {
                throw ValidationError("“\(text)” is no key; write it like \"Eb major\" or Am.")
            }
            return key
        })
    var key: [KeyQuery] = []

    @Option(
        help: ArgumentHelp("The meter, such as 3/4.", valueName: "meter"),
        transform: { try Meter(parsing: $0) })
    var meter: [Meter] = []

    @Option(
        help: ArgumentHelp(
            "The licence in whole words: \"CC BY\" does not find CC BY-SA.", valueName: "name"))
    var licence: [String] = []

    @Option(
        help: ArgumentHelp("The shortest length, such as 30s or 2m.", valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var minLength: TimeSpan?

    @Option(
        help: ArgumentHelp("The greatest length, such as 10m.", valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var maxLength: TimeSpan?

    @Option(help: ArgumentHelp("The fewest notes.", valueName: "count"))
    var minNotes: Int?

    @Option(help: ArgumentHelp("The most notes.", valueName: "count"))
    var maxNotes: Int?

    @Option(help: ArgumentHelp("Only pieces below this folder, or this file.", valueName: "path"))
    var `in`: [String] = []

    func validate() throws {
        if let minLength, let maxLength, minLength.seconds > maxLength.seconds {
            throw ValidationError("--min-length is greater than --max-length")
        }
        guard (minNotes ?? 0) >= 0, (maxNotes ?? 0) >= 0 else {
            throw ValidationError("--min-notes and --max-notes are at least 0")
        }
        if let minNotes, let maxNotes, minNotes > maxNotes {
            throw ValidationError("--min-notes is greater than --max-notes")
        }
    }

    var query: PieceQuery {
        var query = PieceQuery()
        query.composers = composer
        query.performers = performer
        query.titles = title
        query.styles = style
        query.instruments = instrument
        query.keys = key
        query.meters = meter
        query.licences = licence
        query.places = self.in.map { PieceQuery.place($0) }
        if minLength != nil || maxLength != nil {
            query.seconds = (minLength?.seconds ?? 0)...(maxLength?.seconds ?? .infinity)
        }
        if minNotes != nil || maxNotes != nil {
            query.notes = (minNotes ?? 0)...(maxNotes ?? .max)
        }
        return query
    }

    /// As it is asked on a command line.
    var text: String {
        let words: [(String, [String])] = [
            ("--composer", composer), ("--performer", performer), ("--title", title),
            ("--style", style), ("--instrument", instrument), ("--key", key.map(\.text)),
            ("--meter", meter.map(\.description)),
            ("--licence", licence),
            ("--min-length", [minLength].compactMap { $0.map { "\(Int($0.seconds))s" } }),
            ("--max-length", [maxLength].compactMap { $0.map { "\(Int($0.seconds))s" } }),
            ("--min-notes", [minNotes].compactMap { $0.map(String.init) }),
            ("--max-notes", [maxNotes].compactMap { $0.map(String.init) }),
            ("--in", self.in),
        ]
        return words.flatMap { flag, values in values.flatMap { [flag, $0] } }.shellText
    }

    /// Whether it says nothing, so that all pieces are meant.
    var isEmpty: Bool { query == PieceQuery() }
}
