import ArgumentParser
import Foundation
import MIDIFile
import Synchronization

/// How many MIDI files of a folder a second are read, from the disk (or the system's memory of it) to a
/// score.
struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Reading a folder of MIDI files into scores.")

    @Argument(help: "The folder; all MIDI files in it and its folders are read.")
    var folder: String

    @OptionGroup var options: RunOptions

    func run() throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter(MIDIFile.isName).sorted().map { "\(folder)/\($0)" }
        guard !paths.isEmpty else { throw ValidationError("\(folder) has no MIDI files") }
        var notes = 0
        let times = Measuring.repeating(forSeconds: options.seconds) { notes = readAll(paths) }
        try Report.print(
            Result(
                threads: options.threads, files: paths.count, notes: notes,
                filesPerSecond: Double(paths.count) / Measuring.median(times)))
    }

    /// Reads every file once, each thread the next one that is left; the number of their notes.
    private func readAll(_ paths: [String]) -> Int {
        let next = Atomic(0)
        let notes = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: options.threads) { _ in
            var count = 0
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < paths.count else { break }
                if let (score, _) = try? MIDIFile.read(contentsOf: paths[index]) {
                    count += score.noteCount
                }
            }
            notes.wrappingAdd(count, ordering: .relaxed)
        }
        return notes.load(ordering: .relaxed)
    }

    private struct Result: Encodable {
        let threads: Int
        let files: Int
        let notes: Int
        /// The median of all passes.
        let filesPerSecond: Double
    }
}
