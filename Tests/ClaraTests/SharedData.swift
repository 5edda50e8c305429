import Foundation

/// The music in `../shared/data` beside the repository, or where `CLARA_SHARED` says; users do not
/// have it, and tests that need it are skipped then.
enum SharedData {
    static let folder: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["CLARA_SHARED"]
            ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let data = path + "/data"
        return FileManager.default.fileExists(atPath: data) ? data : nil
    }()
}
