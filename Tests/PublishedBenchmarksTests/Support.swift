import Foundation
import PublishedBenchmarks
import Tensors

/// `../shared/data` beside the repository, or where `CLARA_SHARED` says; users do not have it.
enum SharedBenchmarks {
    static let folder: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["CLARA_SHARED"]
            ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let data = path + "/data/benchmarks"
        return FileManager.default.fileExists(atPath: data) ? data : nil
    }()
}

/// Calls `body` with the path of a file of this text, which is gone afterwards.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("clara-\(UUID().uuidString).json")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
}

/// The JSON of a benchmark whose three splits are these.
func benchmarkJSON(_ train: String, _ valid: String, _ test: String) -> String {
    "{\"train\": \(train), \"valid\": \(valid), \"test\": \(test)}"
}

/// Music at random, with repeated stretches.
enum RandomMusic {
    static func frames(_ count: Int, seed: UInt64) -> FramePieces.Piece {
        var generator = SeededGenerator(seed: seed)
        let stock = (0..<7).map { _ in
            let size = Int.random(in: 0...6, using: &generator)
            return Set((0..<size).map { _ in Int.random(in: 21...108, using: &generator) }).sorted()
        }
        return (0..<count).map { _ in stock[Int.random(in: 0..<7, using: &generator)] }
    }

    static func chorale(_ count: Int, seed: UInt64) -> ChoralePieces.Piece {
        var generator = SeededGenerator(seed: seed)
        let stock = (0..<5).map { _ -> [Int?] in
            (0..<4).map { _ in
                let pitch = Int.random(in: 30...84, using: &generator)
                return pitch < 36 ? nil : pitch
            }
        }
        return (0..<count).map { _ in stock[Int.random(in: 0..<5, using: &generator)] }
    }
}
