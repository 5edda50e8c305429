import Files
import Foundation

/// What lies around the music: tables, texts of licences and README files in a file's folder and the
/// folders above it, and these folders' names. Each folder is looked at once.
struct Surroundings {
    /// Tables that could not be read, with the reason.
    private(set) var unreadable: [(path: String, reason: String)] = []

    private struct Folder {
        var table: SidecarTable?
        var licence: String?
    }

    /// So many folders up belong to a file; further up is no longer about this music.
    private static let depth = 4
    private static let textLimit = 1 << 20
    private var folders: [String: Folder] = [:]

    /// - Parameter path: from the root of the file system.
    mutating func facts(ofFile path: String) -> PieceFacts {
        var facts = PieceFacts()
        var parts = path.split(separator: "/").map(String.init)
        var names = [parts.removeLast()]
        for _ in 0..<Self.depth where !parts.isEmpty {
            let folder = folder(at: "/" + parts.joined(separator: "/"))
            let name = parts.removeLast()
            if let row = folder.table?.facts[names.joined(separator: "/")] {
                facts = facts.completed(by: row)
            }
            facts = facts.completed(
                by: PieceFacts(styles: Self.style(named: name), licence: folder.licence))
            names.insert(name, at: 0)
        }
        // The nearest folder first, the file's own name last.
        let places = names.dropLast().reversed() + names.suffix(1)
        facts.composerOfNames = places.lazy.compactMap(ComposerName.found).first
        return facts
    }

    private static let styles: Set = [
        "baroque", "blues", "christmas", "classical", "country", "folk", "gospel", "jazz", "latin",
        "lieder", "opera", "pop", "ragtime", "renaissance", "rock", "romantic", "swing", "tango",
    ]

    private static func style(named folder: String) -> [String] {
        let name = folder.lowercased()
        return styles.contains(name) ? [name] : []
    }

    private mutating func folder(at path: String) -> Folder {
        if let folder = folders[path] { return folder }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        var folder = Folder(licence: Self.licence(in: path, names: names.sorted()))
        if names.contains(SidecarTable.fileName) {
            let file = path + "/" + SidecarTable.fileName
            do {
                folder.table = try SidecarTable(contentsOf: file)
            } catch {
                unreadable.append((file, "\(error)"))
            }
        }
        folders[path] = folder
        return folder
    }

    /// What a file named LICENSE or the like is, or else the only licence that a README names.
    private static func licence(in folder: String, names: [String]) -> String? {
        func text(_ name: String) -> String {
            let bytes = try? WholeFile.bytes(of: folder + "/" + name, limit: textLimit)
            return String(decoding: bytes ?? [], as: UTF8.self)
        }
        for name in names
        where ["license", "licence", "copying"].contains(where: name.lowercased().hasPrefix) {
            return LicenceText.name(in: text(name)) ?? "see \(folder)/\(name)"
        }
        for name in names where name.lowercased().hasPrefix("readme") {
            if let licence = LicenceText.name(in: text(name)) { return licence }
        }
        return nil
    }
}
