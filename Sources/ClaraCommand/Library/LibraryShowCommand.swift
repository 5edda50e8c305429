import ArgumentParser
import Clara
import Foundation
import Library

struct LibraryShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that the library knows of a piece.",
        discussion: """
            Examples:
              clara library show 12
              clara library show Waltzes/waltz-in-a-minor.mid --json
            """)

    @Argument(
        help: ArgumentHelp("The piece's number, or its file.", valueName: "piece"))
    var piece: String

    @OptionGroup var library: LibraryOption

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let library = try library.open()
        let found = try library.piece(named: piece)
        try Terminal().say(json ? PieceResult(found).jsonText() : found.summary)
    }
}

extension PieceLibrary {
    /// The piece of that number, or of that file.
    func piece(named name: String) throws -> Piece {
        if let number = Int64(name), let piece = try piece(id: number) { return piece }
        var query = PieceQuery()
        query.places = [PieceQuery.place(name)]
        guard let piece = try pieces(query).first(where: { query.places.contains($0.path) }) else {
            throw Failure(
                "\(name): is neither the number nor the file of a piece of \(path); list them by "
                    + "clara library list, or add it")
        }
        return piece
    }
}

extension Piece {
    /// For people.
    fileprivate var summary: String {
        let lines: [(String, String?)] = [
            ("number", id.map(String.init)), ("file", path), ("title", title),
            ("composer", composer), ("performer", performer), ("style", style),
            ("year", year.map(String.init)), ("instruments", instruments), ("parts", parts),
            ("key", key), ("meter", meter),
            (
                "length",
                "\(TimeLeft.text(seconds: seconds)), \(bars.of("bar")), \(notes.of("note"))"
            ),
            ("source", source), ("licence", licence),
            ("added", added.formatted(.iso8601.year().month().day())),
            ("notes' hash", content),
        ]
        let repairs = repairs.split(separator: "\n").map { ("repaired", String($0)) }
        return (lines.compactMap { line in line.1.map { (line.0, $0) } } + repairs)
            .map { "\($0): \($1)".onOneLine }.joined(separator: "\n")
    }
}
