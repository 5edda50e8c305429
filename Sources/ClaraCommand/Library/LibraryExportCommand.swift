import ArgumentParser
import Library

struct LibraryExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copy the files of pieces into a folder, with a table of what they are.",
        discussion: """
            The table, metadata.csv, has a line for each file: composer, title, key, source, licence \
            and more. Added to a library, the folder gives the same pieces again.

            Examples:
              clara library export --composer chopin -o chopin
              clara library export --style jazz --link -o jazz
            """)

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder; nothing in it is overwritten.", valueName: "folder"))
    var output: String

    @Flag(help: "Make links to the files instead of copies.")
    var link = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    private struct Result: Encodable {
        let folder: String
        let exported: Int
        let missing: [String]
    }

    func run() throws {
        let library = try library.open()
        let pieces = try library.somePieces(query.query)
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let time = TimeLeft()
        let missing = try LibraryExport(of: pieces, to: output, linking: link).run { done in
            let share = Double(done) / Double(pieces.count)
            progress.show(
                "\(done.grouped) of \(pieces.count.of("file")): \(time.text(share: share))")
        }
        let result = Result(
            folder: output, exported: pieces.count - missing.count, missing: missing.map(\.path))
        try progress.say(json ? result.jsonText() : Self.summary(result))
    }

    private static func summary(_ result: Result) -> String {
        let line = "\(result.exported.of("piece")) in \(result.folder)"
        return ([line] + result.missing.map { "no longer there: \($0)" }).joined(separator: "\n")
    }
}
