import ArgumentParser
import Clara
import Foundation
import Library

struct LibrarySplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Deal pieces to sides to train, validate and test on.",
        discussion: """
            Duplicates stay on one side, also those that the query leaves out. The side of a piece \
            follows from its notes: adding pieces or another query moves no other. Shares are of the \
            groups, so small libraries come near them only.

            With -o the paths of each side are written to training.txt, validation.txt and test.txt in \
            a folder.

            Examples:
              clara library split --validation 0.1
              clara library split --composer chopin --validation 0.1 \\
                  --test 0.1 -o chopin-split
              clara library split --json
            """)

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    @Option(help: ArgumentHelp("The share to validate on.", valueName: "share"))
    var validation = 0.1

    @Option(help: ArgumentHelp("The share to test on.", valueName: "share"))
    var test = 0.0

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A folder for the lists of paths.", valueName: "folder"))
    var output: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard validation >= 0, test >= 0, validation + test <= 1 else {
            throw ValidationError("--validation and --test are shares: together at most 1.")
        }
    }

    private struct Result: Encodable {
        let duplicateGroups: Int
        let training: [String]
        let validation: [String]
        let test: [String]

        init(_ split: LibrarySplit) {
            func paths(_ side: LibrarySplit.Side) -> [String] {
                (split.sides[side] ?? []).map(\.path).sorted()
            }
            duplicateGroups = split.duplicateGroups
            training = paths(.training)
            validation = paths(.validation)
            test = paths(.test)
        }

        var lists: [(side: String, paths: [String])] {
            [("training", training), ("validation", validation), ("test", test)]
        }
    }

    func run() throws {
        let library = try library.open()
        let pieces = try library.somePieces(query.query)
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        progress.showNow("comparing pieces …")
        let split = try LibrarySplit(
            of: pieces, in: library, validation: validation, test: test)
        let result = Result(split)
        if let output {
            for (side, paths) in result.lists {
                let file = OutputFile("\(output)/\(side).txt")
                try file.makeFolder()
                try file.write(paths.map { $0 + "\n" }.joined())
            }
        }
        try progress.say(json ? result.jsonText() : summary(split))
    }

    private func summary(_ split: LibrarySplit) -> String {
        var table = TextTable([("side", .left), ("pieces", .right), ("notes", .right)])
        for side in LibrarySplit.Side.allCases {
            let pieces = split.sides[side] ?? []
            table.add([
                side.rawValue, pieces.count.grouped,
                pieces.reduce(0) { $0 + $1.notes }.grouped,
            ])
        }
        let groups = split.duplicateGroups.of("group")
        return "\(table)\n\n\(groups) of duplicates, each on one side"
    }
}
