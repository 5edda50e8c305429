import ArgumentParser
import Foundation

/// The program `clara-fuzz`: reads damaged MIDI files until something breaks.
@main
struct ClaraFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara-fuzz",
        abstract: "Reads damaged MIDI files and stops at the first that breaks a law.",
        discussion: """
            First large files that ask for the most an event; then every file to begin from, cut \
            off at every byte; then random mutations of them. No \
            bytes may crash the reader, hold it for 20 seconds, or take more memory than 20 times \
            their number and 16 MB; what is read can be written and read again as the same music; \
            strict reading refuses just what lenient reading repairs.

            Examples:
              clara-fuzz --seconds 60
              clara-fuzz --cases 1000000 --seed 7 --data ../shared/data/robustness
              clara-fuzz --replay fuzz-case
            """)

    @Option(help: "Stop after so many seconds.")
    var seconds = 60.0

    @Option(help: "Stop after so many mutations, however long they take.")
    var cases: Int?

    @Option(help: "The mutations depend on it and on the files only.")
    var seed: UInt64 = 1

    @Option(help: "Begin from the small MIDI files below this folder as well.")
    var data: String?

    @Option(help: "Where the bytes being read are kept, and stay if the program dies.")
    var record = "fuzz-case"

    @Option(help: "Read the bytes of a record only, or of any other file.")
    var replay: String?

    func run() throws {
        if let replay { return try self.replay(replay) }
        let seeds = try SeedFiles.ownFiles + (data.map(SeedFiles.files) ?? [])
        let record = try CaseRecord(path: record)
        print("\(seeds.count) files to begin from, seed \(seed); bytes in hand: \(record.path)")
        for (name, bytes) in HostileFiles.all { try check(bytes, record, name: name) }
        let cuts = try cutOff(seeds, record)
        let mutations = try mutate(seeds, record)
        record.remove()
        print(
            "\(HostileFiles.all.count) hostile files, \(cuts) truncations and \(mutations) mutations read: every law holds"
        )
    }

    private func cutOff(_ seeds: [[UInt8]], _ record: CaseRecord) throws -> Int {
        var count = 0
        for seed in seeds {
            for length in 0..<seed.count {
                try check(Array(seed.prefix(length)), record)
                count += 1
            }
        }
        return count
    }

    private func mutate(_ seeds: [[UInt8]], _ record: CaseRecord) throws -> Int {
        var mutator = Mutator(seed: seed)
        let clock = ContinuousClock()
        let start = clock.now
        var nextWord = start + .seconds(10)
        var count = 0
        while cases.map({ count < $0 }) ?? (clock.now - start < .seconds(seconds)) {
            try check(mutator.mutation(of: seeds), record)
            count += 1
            if count.isMultiple(of: 256), clock.now > nextWord {
                let spent = Int((clock.now - start).components.seconds)
                print("  \(count) mutations in \(spent) s")
                nextWord = clock.now + .seconds(10)
            }
        }
        return count
    }

    private func check(_ bytes: [UInt8], _ record: CaseRecord, name: String = "a case") throws {
        record.begin(bytes)
        defer { record.end() }
        guard let breach = ReaderLaws.breach(by: bytes) else { return }
        throw Failure("\(name): \(breach); the bytes are kept in \(record.path)")
    }

    private func replay(_ path: String) throws {
        guard
            let bytes = CaseRecord.bytes(ofRecord: path)
                ?? FileManager.default.contents(atPath: path).map([UInt8].init)
        else { throw Failure("\(path): cannot be read; check the path") }
        if let breach = ReaderLaws.breach(by: bytes) { throw Failure(breach) }
        print("\(path): \(bytes.count) bytes read, every law holds")
    }
}

/// What went wrong, in a sentence.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
