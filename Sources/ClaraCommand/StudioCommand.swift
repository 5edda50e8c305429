import ArgumentParser
import Foundation

/// Starts the studio, which is a program of its own so that this one is built without a web server.
struct StudioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "studio",
        abstract: "Play a few notes in your browser, and Clara answers.",
        discussion: """
            Starts clara-studio, which serves a page on this machine only and prints its address: a \
            keyboard, takes as they are written, and the tree of all of them, saved as it grows. \
            All arguments are its own; clara studio --help tells them.

            It is looked for where CLARA_STUDIO says, beside this program, and on the PATH.

            Examples:
              clara studio --open
              clara studio --port 9000 --library mine.sqlite
            """)

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What clara-studio is to be told.", valueName: "argument"))
    var arguments: [String] = []

    private static let name = "clara-studio"

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let program = try Self.program(
            environment: environment,
            executable: Bundle.main.executablePath ?? CommandLine.arguments[0])
        try Self.become(program, arguments)
    }

    private static func program(
        environment: [String: String], executable: String
    ) throws -> String {
        if let chosen = environment["CLARA_STUDIO"], !chosen.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: chosen) else {
                throw Failure("\(chosen): is no program, though CLARA_STUDIO names it")
            }
            return chosen
        }
        let beside = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        let folders = [beside] + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Failure(
                "\(name): there is no such program in \(beside) or on the PATH; build it by "
                    + "swift build -c release --product \(name), or Scripts/demo --studio")
        }
        return path
    }

    /// Lets the program take this one's place: signals and the terminal are its own then.
    private static func become(_ program: String, _ arguments: [String]) throws {
        var words = ([program] + arguments).map { strdup($0) as UnsafeMutablePointer<CChar>? }
        words.append(nil)
        execv(program, words)
        throw Failure("\(program): cannot be started: \(String(cString: strerror(errno)))")
    }
}
