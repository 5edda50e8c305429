import ArgumentParser
import Library

struct LibraryListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the pieces of the library, all or those that are asked for.",
        discussion: """
            All that is asked for must hold; names and words are found from their beginning, without \
            accents and capitals.

            Examples:
              clara library list --composer chopin
              clara library list --composer zelenski --meter 3/4 --max-length 5m
              clara library list --style jazz --instrument sax --json
              clara library list --failed
            """)

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    @Flag(help: "List the files that gave no piece, with the reason, instead.")
    var failed = false

    @Flag(help: "Print only the files' paths, for other programs.")
    var paths = false

    @Flag(help: "Print the result as one JSON array.")
    var json = false

    func validate() throws {
        if failed, !query.isEmpty {
            throw ValidationError("--failed lists all such files: leave the query out")
        }
    }

    func run() throws {
        let library = try library.open()
        if failed {
            let files = try library.failedFiles().map(\.entry)
            let lines = files.map { "\($0.path): \($0.reason)".onOneLine }
            try say(
                files, paths: files.map(\.path),
                text: lines.isEmpty ? "no files" : lines.joined(separator: "\n"))
        } else {
            let pieces = try library.pieces(query.query)
            try say(pieces.map(PieceResult.init), paths: pieces.map(\.path), text: pieces.table)
        }
    }

    /// - Parameter text: for people.
    private func say(
        _ entries: [some Encodable], paths: [String], text: @autoclosure () -> String
    ) throws {
        let terminal = Terminal()
        switch (self.paths, json) {
        case (false, false): try terminal.say(text())
        case (false, true): try terminal.say(entries.jsonText())
        case (true, false): try terminal.say(paths.joined(separator: "\n"))
        case (true, true): try terminal.say(paths.jsonText())
        }
    }
}
