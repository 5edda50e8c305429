import ArgumentParser
import Files
import Foundation
import MIDIFile
import Originality
import Score
import Similarity
import Tensors

/// How well copied passages are found, and what pieces have in common without copying.
struct OriginalityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "originality",
        abstract: "Recall of copied passages, and what pieces share by chance.",
        discussion: """
            Passages of some pieces are put into others, in another key and half the time in longer \
            notes, with and without changes, and looked for among all pieces. Then each piece is \
            compared with all others that are no duplicates of it.

              clara-benchmark originality --data ../shared/data/piano --copies 200
            """)

    @Option(name: .long, help: "A folder of MIDI files; may be given several times.")
    var data: [String]

    @Option(help: "How many passages are planted, of each kind.")
    var copies = 200

    @Option(help: "What the choice of passages depends on.")
    var seed: UInt64 = 1

    /// Runs of a piece that are looked at for the planted one.
    private static let listed = 10

    func validate() throws {
        guard copies > 0 else { throw ValidationError("--copies must be 1 or more") }
    }

    func run() throws {
        let clock = ContinuousClock()
        var pieces: [Piece] = []
        let reading = clock.measure { pieces = read() }
        guard pieces.count > 1 else {
            throw ValidationError("\(data.joined(separator: ", ")): there are no two pieces there")
        }
        let groups = DuplicateGroups(pieces.map(\.fingerprint)).representatives
        let index = OriginalityIndex(pieces.map(\.indexed))
        let began = clock.now
        let table = PassageTable(index)
        let tabling = clock.now - began
        let music = Music(pieces: pieces, groups: groups, table: table)
        let baseline = ChanceBaseline(
            Array(music.pieces.indices).concurrentMap { number in
                ChanceBaseline.runs(
                    of: music.pieces[number].sequence, in: table,
                    excluding: music.duplicates(of: number))
            })
        // The piece nearest to five minutes.
        let timed = pieces.min { abs($0.seconds - 300) < abs($1.seconds - 300) } ?? pieces[0]
        let searching = clock.measure {
            let search = RunSearch(timed.sequence, in: table)
            _ = (search.exactRuns(atMost: Self.listed), search.nearRuns(atMost: Self.listed))
        }
        try Report.print(
            Result(
                pieces: pieces.count, chords: index.chordCount, bytes: index.bytes.count,
                secondsOfReading: reading / .seconds(1), secondsOfTable: tabling / .seconds(1),
                piece: timed.name, notesOfPiece: timed.sequence.notesBefore.last ?? 0,
                secondsOfPiece: timed.seconds, secondsOfSearch: searching / .seconds(1),
                chance: ["exact": Lengths(baseline.exact), "near": Lengths(baseline.near)],
                recalls: recalls(music)))
    }

    private struct Piece: Sendable {
        let name: String
        let sequence: ChordSequence
        let indexed: IndexedPiece
        let fingerprint: Fingerprint
        let seconds: Double
    }

    private struct Music: Sendable {
        let pieces: [Piece]
        let groups: [Int]
        let table: PassageTable

        func duplicates(of number: Int) -> Set<Int> {
            Set(groups.indices.filter { groups[$0] == groups[number] })
        }
    }

    private func read() -> [Piece] {
        let paths = data.flatMap { folder in
            let files = FileManager.default.enumerator(atPath: folder)
            return (files?.compactMap { $0 as? String } ?? []).filter(MIDIFile.isName).sorted()
                .map { (folder as NSString).appendingPathComponent($0) }
        }
        let pieces = paths.concurrentMap { path -> Piece? in
            guard let score = try? MIDIFile.read(contentsOf: path).score else { return nil }
            let sequence = ChordSequence(of: score)
            guard !sequence.chords.isEmpty else { return nil }
            return Piece(
                name: path, sequence: sequence,
                indexed: IndexedPiece(score, named: .init(file: path)),
                fingerprint: Fingerprint(of: score), seconds: score.seconds)
        }
        return pieces.compactMap(\.self)
    }

    /// How many planted passages are found where they are, with their source or a duplicate of it: by
    /// exact runs where nothing is changed, else by near ones.
    private func recalls(_ music: Music) -> [String: String] {
        var generator = SeededGenerator(seed: seed)
        var recalls: [String: String] = [:]
        for notes in [16, 32, 64] {
            for spacing in [nil, 16, 8] {
                var (found, all) = (0, 0)
                while all < copies {
                    let source = Int.random(in: music.pieces.indices, using: &generator)
                    let host = Int.random(in: music.pieces.indices, using: &generator)
                    guard music.groups[source] != music.groups[host],
                        let copy = PlantedCopy(
                            of: music.pieces[source].sequence, notes: notes,
                            changingOneIn: spacing, into: music.pieces[host].sequence,
                            using: &generator)
                    else { continue }
                    all += 1
                    let search = RunSearch(
                        copy.sequence, in: music.table, excluding: music.duplicates(of: host))
                    let runs =
                        spacing == nil
                        ? search.exactRuns(atMost: Self.listed)
                        : search.nearRuns(atMost: Self.listed)
                    let isFound = runs.contains { run in
                        music.groups[run.source] == music.groups[source]
                            && 2 * run.chords.clamped(to: copy.chords).count > copy.chords.count
                    }
                    found += isFound ? 1 : 0
                }
                let change = spacing.map { ", one note in \($0) changed" } ?? ""
                recalls["\(notes) notes\(change)"] = "\(found) of \(all)"
            }
        }
        return recalls
    }

    private struct Lengths: Encodable {
        let median, ninety, ninetyFive, ninetyNine, longest: Int

        init(_ lengths: [Int]) {
            func length(_ share: Double) -> Int { ChanceBaseline.length(share, of: lengths) }
            (median, ninety, ninetyFive) = (length(0.5), length(0.9), length(0.95))
            (ninetyNine, longest) = (length(0.99), length(1))
        }
    }

    private struct Result: Encodable {
        let pieces, chords, bytes: Int
        let secondsOfReading, secondsOfTable: Double
        /// One of about five minutes, and how long searching for its runs takes.
        let piece: String
        let notesOfPiece: Int
        let secondsOfPiece, secondsOfSearch: Double
        let chance: [String: Lengths]
        let recalls: [String: String]
    }
}
