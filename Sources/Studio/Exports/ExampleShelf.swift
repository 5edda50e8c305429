import Files
import Foundation
import MIDIFile

/// The pieces of this repository, to begin with.
struct ExampleShelf: Sendable {
    struct Row: Encodable, Hashable, Sendable {
        let name: String
        let title: String
    }

    /// In order of name.
    let rows: [Row]
    private let paths: [String: String]

    /// - Parameter folders: the first that has MIDI files counts.
    init(folders: [String]) {
        var paths: [String: String] = [:]
        for folder in folders where paths.isEmpty {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasSuffix(".mid") {
                paths[String(name.dropLast(4))] = "\(folder)/\(name)"
            }
        }
        self.paths = paths
        rows = paths.keys.sorted().map { Row(name: $0, title: Self.title(of: $0)) }
    }

    /// - Throws: `StudioError.badRequest` for a name that is not in the list.
    func file(named name: String) throws -> (data: Data, title: String) {
        guard let path = paths[name] else {
            throw StudioError.badRequest(
                "There is no example “\(name.prefix(40))”; /api/examples lists those there are.")
        }
        let bytes = try WholeFile.bytes(of: path, limit: MIDIFile.maximumFileSize)
        return (Data(bytes), Self.title(of: name))
    }

    /// “waltz-in-a-minor” is “Waltz in A minor”.
    private static func title(of name: String) -> String {
        var words = name.split(separator: "-").map(String.init)
        for index in words.indices where index == 0 || words[index - 1] == "in" {
            words[index] = words[index].prefix(1).uppercased() + words[index].dropFirst()
        }
        return words.joined(separator: " ")
    }
}
