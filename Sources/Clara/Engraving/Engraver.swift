import Files
import Foundation

/// An installed program that engraves MusicXML: MuseScore.
public struct Engraver: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable {
        case pdf, svg
    }

    /// The program's path.
    public let program: String

    /// What MuseScore is called on different systems, the newest first.
    private static let names = [
        "mscore4portable", "musescore4", "mscore4", "musescore", "mscore", "musescore3", "mscore3",
    ]
    /// After so many seconds an engraver counts as stuck.
    private static let patience = 300

    /// The first engraver on the path.
    ///
    /// - Throws: `EngravingError.noEngraver` where there is none.
    public init(
        for format: Format, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EngravingError) {
        let folders = (environment["PATH"] ?? "").split(separator: ":")
        let paths = Self.names.flatMap { name in folders.map { "\($0)/\(name)" } }
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw .noEngraver(format: format.rawValue.uppercased())
        }
        program = path
    }

    /// Engraves a MusicXML document into a file; pages of an SVG after the first have their number
    /// before the extension.
    ///
    /// - Returns: the files written.
    /// - Throws: `EngravingError`, `OutputError`.
    public func engrave(_ musicXML: String, as format: Format, to output: String) throws -> [String]
    {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("clara-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        let score = folder.appendingPathComponent("score.musicxml")
        try Data(musicXML.utf8).write(to: score)
        try run(["-o", folder.appendingPathComponent("page.\(format)").path, score.path])
        // MuseScore calls SVG pages page-1.svg, page-2.svg, … as long as there are more than one.
        let pages = try files.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".\(format)") }
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        guard !pages.isEmpty else {
            throw EngravingError.failed(program: program, reason: "it wrote nothing")
        }
        var written: [String] = []
        for (index, page) in pages.enumerated() {
            let path = index == 0 ? output : Self.page(index + 1, of: output)
            let data = try Data(contentsOf: folder.appendingPathComponent(page))
            try OutputFile(path).write([UInt8](data))
            written.append(path)
        }
        return written
    }

    private static func page(_ number: Int, of output: String) -> String {
        let path = output as NSString
        return "\(path.deletingPathExtension)-\(number).\(path.pathExtension)"
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        if environment["DISPLAY"] == nil { environment["QT_QPA_PLATFORM"] = "offscreen" }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw EngravingError.failed(program: program, reason: "it cannot be started")
        }
        guard ended.wait(timeout: .now() + .seconds(Self.patience)) == .success else {
            process.terminate()
            throw EngravingError.failed(
                program: program, reason: "it had not ended after \(Self.patience) s")
        }
        guard process.terminationStatus == 0 else {
            throw EngravingError.failed(
                program: program, reason: "it ended with status \(process.terminationStatus)")
        }
    }
}
