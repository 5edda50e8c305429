import ArgumentParser
import Clara
import Foundation
import Library

struct LibraryAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add folders of music to the library.",
        discussion: """
            Reads every MIDI file below the folders. What a piece is comes from tables named \
            metadata.csv beside or above it, from licences and the names of the folders, and from the \
            texts in the file. Files that cannot be used are listed with the reason.

            Adding a folder again reads only what is new or changed, and what failed differently. It \
            may be stopped at any time: add again, and it goes on.

            Examples:
              clara library add ~/Music/midi
              clara library add Waltzes Preludes --library mine.sqlite --json
            """)

    @Argument(
        help: ArgumentHelp(
            "Folders, searched to the bottom, or MIDI files.", valueName: "dir"))
    var paths: [String]

    @OptionGroup var library: LibraryOption

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let terminal = Terminal()
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        progress.showNow("looking for files …")
        let addition = Addition(of: paths, to: try library.open(making: true))
        let time = TimeLeft()
        let outcome = try addition.run(at: Date()) { done, all in
            let share = Double(done) / Double(max(1, all))
            progress.show(
                "reading \(done.grouped) of \(all.of("file")): \(time.text(share: share))")
        }
        let result = Result(outcome)
        try progress.say(json ? result.jsonText() : result.summary)
    }

    struct Result: Encodable {
        let added: Int
        let changed: Int
        let moved: Int
        let unchanged: Int
        let failed: [Corpus.Skipped.Entry]
        let unreadableTables: [String]

        init(_ outcome: Addition.Outcome) {
            added = outcome.added
            changed = outcome.changed
            moved = outcome.moved
            unchanged = outcome.unchanged
            failed = outcome.failed.map(\.entry)
            unreadableTables = outcome.unreadableTables
        }

        fileprivate var summary: String {
            var facts = ["\(added.of("piece")) added"]
            if changed > 0 { facts.append("\(changed.grouped) changed") }
            if moved > 0 { facts.append("\(moved.grouped) moved") }
            if unchanged > 0 { facts.append("\(unchanged.grouped) as before") }
            var lines = [facts.joined(separator: ", ")]
            lines += SkippedFiles(failed).lines()
            if failed.count > 10 { lines.append("  all of them: clara library list --failed") }
            lines += unreadableTables.map { "not read: \($0)" }
            return lines.joined(separator: "\n")
        }
    }
}

extension FailedFile {
    /// As results list it.
    var entry: Corpus.Skipped.Entry { Corpus.Skipped.Entry(path: path, reason: reason) }
}
