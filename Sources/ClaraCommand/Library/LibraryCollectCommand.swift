import ArgumentParser
import Clara
import Collecting
import Foundation
import Library

struct LibraryCollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Gather MIDI files from web pages into a folder, and add it to the library.",
        discussion: """
            Visits the named pages and what they link to on the same sites, as far as their \
            robots.txt allows and one request a second, and keeps what is a MIDI file by its \
            content. A Crawl-delay of up to \(Int(CollectionLimits().longestCrawlDelay / 60)) minutes \
            is kept to; a site that asks for more is left alone. Private addresses are refused.

            metadata.csv in the folder tells where and when each file was found. The collection may \
            be stopped at any time: the same command goes on, and tries what gave nothing for the \
            moment twice more. The limits hold for the folder, over all runs. Mind the rights of \
            those who made the music.

            Examples:
              clara library collect https://example.org/midi/ -o collected
              clara library collect http://localhost:8000/ -o collected --allow-local --json
            """)

    @Argument(help: ArgumentHelp("Pages to begin at.", valueName: "url"))
    var addresses: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("The folder.", valueName: "dir"))
    var output: String

    @OptionGroup var library: LibraryOption

    @Option(help: "Links between a named page and the last that is followed.")
    var depth = 3

    @Option(help: "Files to have in the folder at most.")
    var maxFiles = 10_000

    @Option(help: "Pages to read at most.")
    var maxPages = 2_000

    @Option(help: "Bytes of a file at most, in MiB.")
    var maxSize = 4

    @Option(help: "Requests a second at most.")
    var rate = 1.0

    @Flag(help: "Visit private and local addresses too.")
    var allowLocal = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard (0...100).contains(depth) else {
            throw ValidationError("--depth is from 0 to 100")
        }
        guard maxFiles > 0, maxPages > 0, (1...64).contains(maxSize) else {
            throw ValidationError(
                "--max-files and --max-pages are at least 1, --max-size is from 1 to 64")
        }
        guard (0.001...100).contains(rate) else {
            throw ValidationError("--rate is from 0.001 to 100")
        }
    }

    func run() throws {
        let terminal = Terminal()
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        var collector = try Collector(
            addresses: addresses, folder: output, limits: limits,
            allowsPrivateAddresses: allowLocal)
        let stop = StopRequest { progress.showNow("stopping after this request …") }
        stop.postpone()
        var refused = Refused()
        let outcome = try collector.run(isToStop: { stop.signal != nil }) { event in
            switch event {
            case .visiting(let address, let files, _, let waiting):
                progress.showNow(
                    "\(files.of("file")), \(waiting.of("address")) to visit: \(address)")
            case .waiting(let site, let seconds):
                progress.showNow(
                    "waiting \(TimeLeft.text(seconds: seconds)) before \(site) is asked again")
            case .collected: break
            case .skipped(let address, let reason):
                refused.skipped.append(Corpus.Skipped.Entry(path: address, reason: reason))
            case .postponed(let address, let reason):
                refused.postponed.append(Corpus.Skipped.Entry(path: address, reason: reason))
            }
        }
        if outcome.pieces.isEmpty, outcome.pages == 0, let first = refused.first {
            throw CollectingError.nothingFound(address: first.path, reason: first.reason)
        }
        let added = try addToLibrary(progress)
        let result = Result(outcome, refused, added: added)
        try progress.say(json ? result.jsonText() : result.summary)
    }

    private var limits: CollectionLimits {
        var limits = CollectionLimits()
        limits.depth = depth
        limits.files = maxFiles
        limits.pages = maxPages
        limits.bytesPerFile = maxSize << 20
        limits.secondsBetweenRequests = 1 / rate
        return limits
    }

    /// Adds the folder; how many pieces the library has more.
    private func addToLibrary(_ progress: ProgressLine) throws -> Int {
        let addition = Addition(of: [output], to: try library.open(making: true))
        return try addition.run(at: Date()) { done, all in
            progress.show("adding \(done.grouped) of \(all.of("file"))")
        }.added
    }

    /// Addresses that gave nothing in this run, for good and for now.
    struct Refused {
        var skipped: [Corpus.Skipped.Entry] = []
        var postponed: [Corpus.Skipped.Entry] = []

        var first: Corpus.Skipped.Entry? { skipped.first ?? postponed.first }
    }

    struct Result: Encodable {
        let end: Collector.End
        let files: Int
        let newFiles: Int
        let pages: Int
        let bytes: Int
        let addressesWaiting: Int
        let skipped: [Corpus.Skipped.Entry]
        let postponed: [Corpus.Skipped.Entry]
        let addedToLibrary: Int

        init(_ outcome: Collector.Outcome, _ refused: Refused, added: Int) {
            addedToLibrary = added
            end = outcome.end
            files = outcome.pieces.count
            newFiles = outcome.newPieces
            pages = outcome.pages
            bytes = outcome.bytes
            addressesWaiting = outcome.waiting
            skipped = refused.skipped
            postponed = refused.postponed
        }

        fileprivate var summary: String {
            var lines = [
                "\(newFiles.of("file")) collected, \(files.grouped) in the folder, "
                    + "\(addedToLibrary.grouped) added to the library"
            ]
            if addressesWaiting > 0 {
                lines.append(
                    "\(addressesWaiting.of("address")) not visited: the same command goes on")
            }
            if !postponed.isEmpty {
                lines.append(
                    "\(postponed.count.of("address")) gave nothing for now: the same command tries "
                        + "them again")
                lines += SkippedFiles(postponed).lines().dropFirst()
            }
            return (lines + SkippedFiles(skipped).lines()).joined(separator: "\n")
        }
    }
}
