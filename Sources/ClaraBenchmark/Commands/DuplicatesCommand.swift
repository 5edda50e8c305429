import ArgumentParser
import Foundation
import MIDIFile
import Score
import Similarity
import Tensors

/// How well pieces are known again: precision and recall over variations of some pieces among all.
struct DuplicatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Precision and recall of finding the same piece in another guise.",
        discussion: """
            Some pieces are transposed, played in another time, trimmed, ornamented, and all of it at \
            once; these variations are mixed with all pieces that are there, and grouped. Without \
            --data, on pieces composed by rule.

              clara-benchmark duplicates --data ../shared/data/piano --pieces 200
            """)

    @Option(name: .long, help: "A folder of MIDI files; may be given several times.")
    var data: [String] = []

    @Option(help: "How many pieces are varied.")
    var pieces = 200

    @Option(help: "What the choice of pieces and their variations depend on.")
    var seed: UInt64 = 1

    /// Shorter pieces are not varied: a stretch of them may be anyone's.
    private static let leastNotes = 100

    func validate() throws {
        guard pieces > 0 else { throw ValidationError("--pieces must be 1 or more") }
    }

    func run() throws {
        var generator = SeededGenerator(seed: seed)
        let (names, scores) = try originals(using: &generator)
        let clock = ContinuousClock()
        var prints: [Fingerprint] = []
        let printing = clock.measure { prints = scores.map { Fingerprint(of: $0) } }
        var groups = DuplicateGroups([])
        let grouping = clock.measure { groups = DuplicateGroups(prints) }
        let works = groups.representatives
        let chosen = scores.indices.filter {
            works[$0] == $0 && scores[$0].noteCount >= Self.leastNotes
        }.shuffled(using: &generator).prefix(pieces)
        let variations = chosen.flatMap { original in
            PieceVariation.allCases.map { kind in
                (
                    original: original, kind: kind,
                    print: Fingerprint(of: kind.applied(to: scores[original], using: &generator))
                )
            }
        }
        let trial = DuplicatesTrial(originals: prints, works: works, variations: variations)
        try Report.print(
            Result(
                pieces: scores.count, varied: chosen.count, precision: trial.precision,
                recall: trial.recall, right: trial.right, wrong: trial.wrong,
                missed: trial.missed,
                recalls: trial.recalls.reduce(into: [:]) {
                    $0[$1.variation.rawValue] = "\($1.found) of \($1.all)"
                },
                largestGroup: trial.largestGroup, mixed: trial.mixed.map { $0.map { names[$0] } },
                millisecondsPerFingerprint: 1000 * seconds(printing) / Double(scores.count),
                secondsOfGrouping: seconds(grouping),
                groups: groups.groups.map { $0.map { names[$0] } },
                pairs: groups.pairs.map {
                    "\(names[$0.first]) | \(names[$0.second]): \($0.likeness)"
                }))
    }

    private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    /// All pieces with notes below the folders, or as many composed ones.
    private func originals(
        using generator: inout SeededGenerator
    ) throws -> (names: [String], scores: [Score]) {
        guard !data.isEmpty else {
            let scores = (0..<pieces).map { _ in ComposedPiece.compose(using: &generator) }
            return (scores.indices.map { "composed \($0 + 1)" }, scores)
        }
        var (names, scores): ([String], [Score]) = ([], [])
        for folder in data {
            let files = FileManager.default.enumerator(atPath: folder)
            for name in (files?.compactMap { $0 as? String } ?? []).sorted()
            where MIDIFile.isName(name) {
                let path = (folder as NSString).appendingPathComponent(name)
                guard let score = try? MIDIFile.read(contentsOf: path).score, score.noteCount > 0
                else { continue }
                names.append(path)
                scores.append(score)
            }
        }
        guard !scores.isEmpty else {
            throw ValidationError("\(data.joined(separator: ", ")): there are no MIDI files there")
        }
        return (names, scores)
    }

    private struct Result: Encodable {
        let pieces, varied: Int
        let precision, recall: Double
        /// Pairs of pieces.
        let right, wrong, missed: Int
        let recalls: [String: String]
        let largestGroup: Int
        let mixed: [[String]]
        let millisecondsPerFingerprint, secondsOfGrouping: Double
        /// What is the same in the music as it is.
        let groups: [[String]]
        let pairs: [String]
    }
}
