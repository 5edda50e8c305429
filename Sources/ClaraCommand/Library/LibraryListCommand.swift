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
        let terminal = Terminal()
        if failed {
            let files = try library.failedFiles().map(\.entry)
            let lines = files.map { "\($0.path): \($0.reason)".onOneLine }
            let text = lines.isEmpty ? "no files" : lines.joined(separator: "\n")
            try terminal.say(json ? files.jsonText() : text)
            return
        }
        let pieces = try library.pieces(query.query)
        if json {
            try terminal.say(pieces.map(PieceResult.init).jsonText())
        } else if paths {
            try terminal.say(pieces.map(\.path).joined(separator: "\n"))
        } else {
            try terminal.say(pieces.table)
        }
    }
}
