import Foundation

/// Finds a model by path or by name.
///
/// A name such as `piano` is looked for as `NAME.safetensors` in the folder that the environment's
/// `CLARA_MODELS` names, in `Models/` here, and in `Models/` beside the program or in a folder above
/// it, so that the program finds the repository's models wherever it is started from.
public struct ModelLocator: Sendable {
    private let folders: [String]

    public init(environment: [String: String], currentFolder: String, executable: String) {
        var folders = environment["CLARA_MODELS"].map { [$0] } ?? []
        folders.append(currentFolder + "/Models")
        var folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            folders.append(folder.appendingPathComponent("Models").path)
        }
        self.folders = folders
    }

    /// The path of the model that `name` names, itself a path or not.
    public func path(of name: String) throws(ModelError) -> String {
        if name.contains("/") || name.hasSuffix(".safetensors") { return name }
        let candidates = folders.map { "\($0)/\(name).safetensors" }
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate) {
            return candidate
        }
        throw .notFound(name: name, searched: Array(candidates.prefix(3)))
    }
}
