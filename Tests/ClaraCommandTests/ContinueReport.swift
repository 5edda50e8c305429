import Foundation
import Testing

/// What `clara continue --json` prints.
struct ContinueReport: Decodable {
    struct Take: Decodable {
        let file: String
        let seed: UInt64
        let bars: Int
        let notes: Int
        let seconds: Double
        let tokens: Int
        let tokensPerSecond: Double
        let logProbabilityPerNote: Double
    }

    struct Timing: Decodable {
        let load: Double
        let prompt: Double
        let generate: Double
        let write: Double
    }

    let takes: [Take]
    let timing: Timing
}

/// A finished `clara continue`, with its files.
struct Continuation {
    let report: ContinueReport
    let json: String
    /// The takes' paths.
    let files: [String]
    /// The folder that the files are in.
    let folder: ScratchFolder

    /// Runs `clara continue PROMPT -o out --json` with further `arguments`.
    init(
        of prompt: String = Repository.waltz, _ arguments: [String],
        in folder: ScratchFolder = ScratchFolder(), output: String = "out"
    ) throws {
        let run = try ClaraProgram.run(
            ["continue", prompt, "-o", output, "--json"] + arguments, in: folder
        ).succeeded()
        json = run.output
        report = try JSONDecoder().decode(ContinueReport.self, from: Data(json.utf8))
        files = report.takes.map { URL(fileURLWithPath: $0.file, relativeTo: folder.url).path }
        self.folder = folder
    }

    func contents() throws -> [Data] {
        try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    }
}

/// Every key of a JSON object.
func keys(of json: Any?) throws -> Set<String> {
    Set(try #require(json as? [String: Any]).keys)
}

func jsonObject(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
