import Foundation

/// The music in `../shared/data` beside the repository, or where `CLARA_SHARED` says; users do not
/// have it, and tests that need it are skipped then.
package enum SharedData {
    package static let folder: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["CLARA_SHARED"]
            ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let data = path + "/data"
        return FileManager.default.fileExists(atPath: data) ? data : nil
    }()

    /// All MIDI files, clips and system exclusives below a folder of it, in order.
    package static func files(under path: String) -> [String] {
        guard let folder else { return [] }
        let root = path.isEmpty ? folder : "\(folder)/\(path)"
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        let extensions = [".mid", ".midi2", ".syx"]
        return names.filter { name in extensions.contains { name.hasSuffix($0) } }
            .sorted().map { "\(root)/\($0)" }
    }

    /// Every `step`th MIDI file.
    package static func files(every step: Int) -> [String] {
        files(under: "").filter { $0.hasSuffix(".mid") }.enumerated()
            .filter { $0.offset % step == step / 2 }.map(\.element)
    }
}
