import Foundation
import MIDIFile
import Score
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

/// A finished `clara continue` with its takes, in the report's order.
struct ContinueRun {
    let report: ContinueReport
    let json: String
    /// The takes' files, bytes and all.
    let files: [Data]
    let scores: [Score]
    let outlines: [MIDIOutline]

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
        files = try report.takes.map { try Data(contentsOf: folder.url($0.file)) }
        scores = try files.map { try MIDIFile.read($0, named: "a take").score }
        outlines = try files.map { try MIDIOutline($0) }
    }
}

/// Every key of a JSON object.
func keys(of json: Any?) throws -> Set<String> {
    Set(try #require(json as? [String: Any]).keys)
}

func jsonObject(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
