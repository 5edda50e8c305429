import Dispatch
import Foundation
import MIDIFile
import Score
import Testing

/// The built program `clara`, run as a person or a script would run it.
enum ClaraProgram {
    /// What one run left behind.
    struct Outcome {
        let status: Int32
        /// False when a signal ended the program, as a trap does.
        let exited: Bool
        let output: String
        let errors: String
    }

    struct NotFound: Error, CustomStringConvertible {
        let searched: [String]
        var description: String {
            "the program clara is in none of \(searched); build it, or set CLARA_EXECUTABLE"
        }
    }

    struct TookTooLong: Error {
        let arguments: [String]
        let seconds: Int
    }

    private final class TestBundle {}

    /// `CLARA_EXECUTABLE`, or the program that was built together with these tests.
    static func executable() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["CLARA_EXECUTABLE"] {
            return URL(fileURLWithPath: path)
        }
        let bundle = Bundle(for: TestBundle.self).bundleURL
        let candidates = [
            bundle, bundle.deletingLastPathComponent(),
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
            Repository.root.appendingPathComponent(".build/release"),
        ].map { $0.appendingPathComponent("clara") }
        let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else { throw NotFound(searched: candidates.map(\.path)) }
        return found
    }

    /// Runs `clara` with its output piped into files, and waits for its end.
    static func run(
        _ arguments: [String], in folder: ScratchFolder, by program: URL? = nil, seconds: Int = 300
    ) throws -> Outcome {
        let running = try start(arguments, in: folder, by: program)
        guard running.waitForEnd(seconds: seconds) else {
            running.kill()
            throw TookTooLong(arguments: arguments, seconds: seconds)
        }
        return try running.outcome()
    }

    /// Runs `clara` on a terminal; what the terminal shows.
    static func runOnTerminal(_ arguments: [String], in folder: ScratchFolder) throws -> String {
        // `script` lends a terminal; Linux and macOS each have their own.
        let command = [try executable().path] + arguments
        #if os(Linux)
            let quoted = command.map { "'\($0)'" }.joined(separator: " ")
            let lending = ["--quiet", "--return", "--command", quoted, "/dev/null"]
        #else
            let lending = ["-q", "/dev/null"] + command
        #endif
        return try run(lending, in: folder, by: URL(fileURLWithPath: "/usr/bin/script"))
            .succeeded().output
    }

    static func start(
        _ arguments: [String], in folder: ScratchFolder, by program: URL? = nil
    ) throws -> Running {
        let running = Running()
        for url in [running.output, running.errors] {
            try Data().write(to: url)
        }
        running.process.executableURL = try program ?? executable()
        running.process.arguments = arguments
        running.process.currentDirectoryURL = folder.url
        running.process.standardInput = FileHandle.nullDevice
        running.process.standardOutput = try FileHandle(forWritingTo: running.output)
        running.process.standardError = try FileHandle(forWritingTo: running.errors)
        let ended = running.ended
        running.process.terminationHandler = { _ in ended.signal() }
        try running.process.run()
        return running
    }

    /// A run that goes on while the test does.
    final class Running {
        fileprivate let process = Process()
        fileprivate let ended = DispatchSemaphore(value: 0)
        private let streams = ScratchFolder()
        fileprivate var output: URL { streams.url("stdout") }
        fileprivate var errors: URL { streams.url("stderr") }

        func waitForEnd(seconds: Int) -> Bool {
            ended.wait(timeout: .now() + .seconds(seconds)) == .success
        }

        /// Whether the run ended within so short a time.
        func endsWithin(milliseconds: Int) -> Bool {
            guard ended.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
                return false
            }
            ended.signal()
            return true
        }

        /// Asks the run to stop as Ctrl-C does.
        func interrupt() { process.interrupt() }

        /// Ends the run as `kill -9` does, and waits until it is gone.
        func kill() {
            Foundation.kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }

        func outcome() throws -> Outcome {
            Outcome(
                status: process.terminationStatus, exited: process.terminationReason == .exit,
                output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8))
        }
    }
}

extension ClaraProgram.Outcome {
    /// Ends the test when the run failed.
    @discardableResult
    func succeeded(_ location: SourceLocation = #_sourceLocation) throws -> Self {
        let succeeded = exited && status == 0
        try #require(
            succeeded, "status \(status): \(errors)\(output)", sourceLocation: location)
        #expect(errors.isEmpty, "only errors go to stderr", sourceLocation: location)
        return self
    }

    /// Expects one clear line on stderr that has `words` in it, whatever their case.
    func failedClearly(
        mentioning words: [String], _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(exited, "a signal ended it", sourceLocation: location)
        #expect(status != 0, sourceLocation: location)
        #expect(output.isEmpty, "stdout has \(output)", sourceLocation: location)
        let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines.count == 2 && lines.last == "", "one line: \(errors)", sourceLocation: location)
        for word in words {
            let isThere = errors.lowercased().contains(word.lowercased())
            #expect(isThere, "no “\(word)” in: \(errors)", sourceLocation: location)
        }
        // Signs of an error that was printed as a Swift or Foundation value.
        for sign in ["Optional(", "Error Domain", "NSCocoa", "Fatal error", "Error(", "UserInfo"] {
            #expect(!errors.contains(sign), "\(errors)", sourceLocation: location)
        }
    }
}

/// A folder of a test's own that goes away with it.
final class ScratchFolder: Sendable {
    let url: URL

    init() {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("clara-tests-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no folder for temporary files at \(url.path): \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Where `name` lies here; a whole path stays what it is.
    func url(_ name: String) -> URL {
        name.hasPrefix("/") ? URL(fileURLWithPath: name) : url.appendingPathComponent(name)
    }

    func path(_ name: String) -> String { url(name).path }

    @discardableResult
    func write(_ data: Data, as name: String) throws -> String {
        try data.write(to: url(name))
        return path(name)
    }

    /// Every file and folder in it, by path from here.
    func listing() -> [String] {
        (FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? [])
            .sorted()
    }
}

/// The files of this repository that the tests use.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// Eight bars of 3/4.
    static let waltz = path("Examples/waltz-in-a-minor.mid")
    /// Four bars of 4/4.
    static let invention = path("Examples/invention-in-d-minor.mid")
    static let tinyPieces = path("Examples/tiny")
    static let tinyRecipe = path("Recipes/tiny.toml")
    static let model = path("Models/piano.safetensors")
}

extension Score {
    init(file: String) throws {
        self = try MIDIFile.read(contentsOf: file).score
    }

    var notes: [Note] { parts.flatMap(\.notes) }

    /// Where `ticks` lies, in quarter notes, so that scores of different resolutions compare.
    func quarters(_ ticks: Ticks) -> Double { Double(ticks.count) / Double(ticksPerQuarter) }
}
