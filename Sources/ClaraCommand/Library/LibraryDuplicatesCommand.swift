import ArgumentParser
import Library

struct LibraryDuplicatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract:
            "Find the same music in the library: in another key, tempo, edition or performance.",
        discussion: """
            Shows groups of pieces that are the same; with a query those that have one of its pieces. \
            The first search after adding takes a while.

            Examples:
              clara library duplicates
              clara library duplicates --composer chopin --json
            """)

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    @Flag(help: "Print the result as one JSON array of groups.")
    var json = false

    func run() throws {
        let library = try library.open()
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        progress.showNow("comparing pieces …")
        let groups = try library.duplicates(of: library.pieces(query.query))
        try progress.say(
            json ? groups.map { $0.map(PieceResult.init) }.jsonText() : Self.summary(groups))
    }

    private static func summary(_ groups: [[Piece]]) -> String {
        guard !groups.isEmpty else { return "no duplicates" }
        let pieces = groups.reduce(0) { $0 + $1.count }
        return groups.map(lines).joined(separator: "\n\n")
            + "\n\n\(groups.count.of("group")) of \(pieces.of("piece"))"
    }

    /// The first piece, and what the others are to it.
    private static func lines(_ group: [Piece]) -> String {
        group.map { piece in
            let name = [piece.composer ?? piece.performer, piece.title].compactMap(\.self)
                .joined(separator: ": ")
            let facts = [name, piece.key, relation(of: piece, to: group[0])].compactMap(\.self)
            return "\(facts.joined(separator: ", ").onOneLine)\n  \(piece.path)"
        }.joined(separator: "\n")
    }

    private static func relation(of piece: Piece, to first: Piece) -> String? {
        if piece.id == first.id { return nil }
        if piece.fileHash == first.fileHash { return "the same file" }
        return piece.content == first.content ? "the same notes" : nil
    }
}
