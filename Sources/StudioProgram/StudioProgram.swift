import ArgumentParser
import Foundation
import Studio

@main
struct StudioProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara-studio",
        abstract: "Clara's studio: play a few notes in your browser, and Clara answers.",
        discussion: """
            Serves a page on this machine only and prints its address. Sessions are saved as they \
            happen. The interface behind the page is described at /api.

            Examples:
              clara-studio --open
              clara-studio --port 9000 --library mine.sqlite
              clara-studio --listen 192.168.1.20 --token "$(openssl rand -hex 16)"
            """)

    @Option(help: "The port; 0 for any that is free.")
    var port = 8017

    @Option(
        help: ArgumentHelp(
            "An address of this machine, for others to reach the studio; needs --token.",
            valueName: "address"))
    var listen = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "What others must know: at least 16 letters and digits.", valueName: "token"))
    var token: String?

    @Option(
        help: ArgumentHelp(
            "The file of sessions (default: ~/.local/share/clara/studio.sqlite).",
            valueName: "file"))
    var sessions: String?

    @Option(
        help: ArgumentHelp(
            "The library that pieces are taken into (default: ~/.local/share/clara/library.sqlite).",
            valueName: "file"))
    var library: String?

    @Option(
        name: .customLong("soundfont"),
        help: ArgumentHelp(
            "The SoundFont that plays (default: CLARA_SOUNDFONT, else an installed one).",
            valueName: "file.sf2"))
    var soundFont: String?

    @Flag(help: "Open the page in the browser.")
    var open = false

    @Option(help: ArgumentHelp("For those who write the page: its folder.", visibility: .hidden))
    var page: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be 0 to 65535, not \(port).")
        }
        if !RequestGuard.isLoopback(listen), token == nil {
            throw ValidationError("--listen \(listen) lets others in, so it needs a --token.")
        }
        if let token, token.count < 16 || !token.allSatisfy({ $0.isASCII && Self.isPlain($0) }) {
            throw ValidationError("--token must be at least 16 letters and digits.")
        }
    }

    private static func isPlain(_ letter: Character) -> Bool {
        letter.isLetter || letter.isNumber || letter == "-" || letter == "_"
    }

    func run() async throws {
        do {
            let studio = try StudioServer(settings)
            try await studio.run { port in
                await announce(port)
                await studio.prepare()
            }
        } catch {
            FileHandle.standardError.write(Data("clara-studio: \(text(of: error))\n".utf8))
            throw ExitCode.failure
        }
    }

    private var settings: StudioSettings {
        let environment = ProcessInfo.processInfo.environment
        let executable = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var settings = StudioSettings(
            environment: environment, folder: FileManager.default.currentDirectoryPath,
            executable: executable, resources: StudioResources.folder(besides: executable))
        settings.address = listen
        settings.port = port
        settings.token = token
        settings.names = [ProcessInfo.processInfo.hostName]
        if let sessions { settings.sessions = sessions }
        if let library { settings.library = library }
        if let soundFont { settings.soundFont = .init(chosen: soundFont, folders: []) }
        if let page { (settings.page, settings.isPageLive) = (page, true) }
        return settings
    }

    private func announce(_ port: Int) async {
        let host = listen.contains(":") ? "[\(listen)]" : listen
        let query = token.map { "?token=\($0)" } ?? ""
        let address = "http://\(host):\(port)/\(query)"
        print("Clara's studio: \(address)")
        fflush(nil)
        if open { Browser.open(address) }
    }

    private func text(of error: any Error) -> String {
        let text = "\(error)"
        return text.contains("Address already in use") || text.contains("errno: 98")
            || text.contains("errno: 48")
            ? "port \(port) is in use, perhaps by another studio; choose another by --port" : text
    }
}
