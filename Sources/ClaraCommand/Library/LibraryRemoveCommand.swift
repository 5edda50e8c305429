import ArgumentParser
import Foundation
import Library

struct LibraryRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take pieces out of the library; their files stay.",
        discussion: """
            Removes the pieces that are asked for. Without a query nothing is removed, unless by --all \
            or --missing.

            Examples:
              clara library remove --in ~/Music/old
              clara library remove --licence "CC BY-SA" --json
              clara library remove --missing
            """)

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    @Flag(help: "Only pieces whose file is no longer there.")
    var missing = false

    @Flag(help: "Remove all pieces.")
    var all = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        if query.isEmpty, !missing, !all {
            throw ValidationError("Say which pieces: by a query, --missing or --all.")
        }
        if all, missing || !query.isEmpty {
            throw ValidationError(
                "--all removes every piece: leave it out, or leave out the query and --missing.")
        }
    }

    private struct Result: Encodable {
        let removed: [String]
        /// Files that had given no piece and are no longer listed.
        let forgotten: [String]
    }

    func run() throws {
        let library = try library.open()
        let isThere = { FileManager.default.fileExists(atPath: $0) }
        let pieces = try library.pieces(query.query).filter { !missing || !isThere($0.path) }
        let failed =
            try query.isEmpty
            ? library.failedFiles().filter { !missing || !isThere($0.path) } : []
        try library.remove(pieces)
        try library.forget(failed)
        let result = Result(removed: pieces.map(\.path), forgotten: failed.map(\.path))
        try Terminal().say(
            json ? result.jsonText() : "\(pieces.count.of("piece")) removed; no file was touched")
    }
}
