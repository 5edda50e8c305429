import Clara
import Foundation

/// The voices that are there. Each is read once: when it is first asked for, or with all when they are
/// listed.
actor VoiceShelf {
    static let standard = "piano"

    /// Where the voices' files are, by name, in the order in which they are listed.
    private let paths: [(name: String, path: String)]
    private var loaded: [String: Task<Voice, any Error>] = [:]

    /// - Parameter locator: finds the folder where the bundled voices are.
    init(_ locator: ModelLocator) {
        guard let piano = try? locator.path(of: Self.standard) else {
            paths = []
            return
        }
        let folder = (piano as NSString).deletingLastPathComponent
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        paths = files.filter { $0.hasSuffix(".safetensors") }.sorted()
            .map { (String($0.dropLast(".safetensors".count)), "\(folder)/\($0)") }
            .sorted { ($0.name != Self.standard ? 1 : 0) < ($1.name != Self.standard ? 1 : 0) }
    }

    /// Those of the files that are voices: models of published benchmarks and classifiers are not.
    func rows() async -> [VoiceRow] {
        var rows: [VoiceRow] = []
        for (name, _) in paths {
            guard let voice = try? await voice(named: name) else { continue }
            rows.append(VoiceRow(voice, isDefault: rows.isEmpty))
        }
        return rows
    }

    func voice(named name: String) async throws -> Voice {
        guard let path = paths.first(where: { $0.name == name })?.path else {
            let names = paths.isEmpty ? "none" : "see /api/voices"
            throw StudioError.badRequest(
                "There is no voice “\(name.prefix(40))” here (\(names)).")
        }
        let task =
            loaded[name]
            ?? Task.detached {
                try await Background.run { try Voice(named: name, path: path) }
            }
        loaded[name] = task
        do {
            return try await task.value
        } catch let error as ModelError {
            throw StudioError.badRequest("“\(name)” is no voice: \(error)")
        } catch {
            // The file that could not be read may be there the next time.
            if loaded[name] == task { loaded[name] = nil }
            throw error
        }
    }
}
