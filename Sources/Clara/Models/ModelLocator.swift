import Foundation

/// Finds a model by path or by name.
///
/// A name such as `piano` is looked for as `NAME.safetensors` in the folder that the environment's
/// `CLARA_MODELS` names, in `Models/` here, and in `Models/` beside the program or in a folder above
/// it, so that the program finds the repository's models wherever it is started from.
public struct ModelLocator: Sendable {
    private let folders: [String]
    private let currentFolder: String

    public init(environment: [String: String], currentFolder: String, executable: String) {
        var folders = environment["CLARA_MODELS"].map { [$0] } ?? []
        folders.append(currentFolder + "/Models")
        var folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            folders.append(folder.appendingPathComponent("Models").path)
        }
        self.folders = folders
        self.currentFolder = currentFolder
    }

    /// The path of the model that `name` names, itself a path or not.
    public func path(of name: String) throws(ModelError) -> String {
        if name.contains("/") || name.hasSuffix(".safetensors") { return name }
        let files = FileManager.default
        func isFile(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            return files.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        }
        let candidates = folders.map { "\($0)/\(name).safetensors" }
        if let found = candidates.first(where: isFile) { return found }
        // A file here may be called as its owner likes.
        let own = "\(currentFolder)/\(name)"
        if isFile(own) { return own }
        let searched = zip(folders, candidates).filter { files.fileExists(atPath: $0.0) }.map(\.1)
        throw .notFound(name: name, searched: searched.isEmpty ? [candidates[0]] : searched)
    }
}
