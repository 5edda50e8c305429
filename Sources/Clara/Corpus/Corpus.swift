import Encodings
import Files
import Foundation
import Library
import MIDIFile
import Score
import Similarity

/// The MIDI files below some folders, read and encoded, ready to train or evaluate on.
public struct Corpus: Sendable {
    /// A file that gave no piece, and why.
    public struct Skipped: Hashable, Sendable {
        public let path: String
        public let reason: String
    }

    package let encoding: any MusicEncoding
    /// In the order of their paths.
    package let pieces: [EncodedPiece]
    package let skipped: [Skipped]

    /// Reads in parallel, on all cores.
    ///
    /// - Parameters:
    ///   - paths: folders, searched to the bottom for MIDI files, or such files.
    ///   - labels: what is known of files, by their paths.
    ///   - progress: called from several threads with the number of files read and of all.
    /// - Throws: `CorpusError` where a path does not exist or holds no piece.
    package init(
        _ paths: [String], labels: [String: PieceLabels] = [:], encoding: any MusicEncoding,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(CorpusError) {
        self.encoding = encoding
        let files = try Self.files(in: paths)
        let readings = files.concurrentMap(progress: progress) {
            Self.read($0, labels: labels[$0] ?? PieceLabels(), encoding: encoding)
        }
        (pieces, skipped) = FileReading.sorted(readings)
        guard !pieces.isEmpty else { throw .noPieces(paths: paths, skipped: skipped) }
    }

    /// Reads pieces to train on. An encoding that has no words of its own takes them from the pieces
    /// that are not held out.
    package init(
        _ paths: [String], labels: [String: PieceLabels] = [:], encodedBy name: EncodingName,
        validationShare: Double,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(CorpusError) {
        var encoding = name.encoding(for: [])
        if name.takesWordsFromMusic {
            let pieces = try Corpus(paths, encoding: encoding, progress: progress)
            let training = CorpusSplit(pieces, validationShare: validationShare).training
            encoding = name.encoding(
                for: training.pieces.compactMap { try? MIDIFile.read(contentsOf: $0.path).score })
        }
        try self.init(paths, labels: labels, encoding: encoding, progress: progress)
    }

    init(encoding: any MusicEncoding, pieces: [EncodedPiece]) {
        self.encoding = encoding
        self.pieces = pieces
        skipped = []
    }

    private static func read(
        _ path: String, labels: PieceLabels, encoding: any MusicEncoding
    ) -> FileReading<EncodedPiece> {
        do {
            let (score, _) = try MIDIFile.read(contentsOf: path)
            let (tokens, report) = encoding.encode(score)
            guard report.encodedNotes > 0 else {
                return .withoutNotes(path)
            }
            return .piece(
                EncodedPiece(
                    path: path, tokens: tokens, notes: report.encodedNotes,
                    content: MusicContent(of: score),
                    fingerprint: Fingerprint(of: score), labels: labels,
                    programs: Self.programs(in: score)))
        } catch {
            return .skipped(Skipped(path: path, reason: error.reason(without: path)))
        }
    }

    /// How many notes each General MIDI program plays, drums aside.
    private static func programs(in score: Score) -> [Int: Int] {
        score.parts.filter { !$0.isDrums }.reduce(into: [:]) {
            $0[$1.program, default: 0] += $1.notes.count
        }
    }

    /// The programs of General MIDI that sing.
    private static let voices = 52...54

    /// For each class of instruments that the encoding tells apart, the program that plays most of its
    /// notes; none where there is one piano only. Singers do not count: without words they are a choir that
    /// hums.
    var commonPrograms: [Int] {
        guard encoding.ensemble.instruments.count > 1 else { return [] }
        let notes = pieces.reduce(into: [Int: Int]()) { $0.merge($1.programs, uniquingKeysWith: +) }
        return encoding.ensemble.instruments.compactMap { instrument in
            notes.filter {
                InstrumentClass(program: $0.key) == instrument && !Self.voices.contains($0.key)
            }
            .max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
        }
    }

    /// All MIDI files below the paths, each once, in a fixed order.
    static func files(in paths: [String]) throws(CorpusError) -> [String] {
        var found: Set<String> = []
        for path in paths {
            do {
                found.formUnion(try MusicFolder.files(at: path) { !isPipeOrDevice($0) })
            } catch {
                throw error == .missing ? .notThere(path: path) : .unreadable(path: path)
            }
        }
        return found.sorted()
    }

    /// The MIDI files below a folder, by their paths from there, in a fixed order. Pipes and devices,
    /// which may never end, are none, however they are called.
    static func names(inFolder folder: String) -> [String] {
        MusicFolder.names(inFolder: folder) { !isPipeOrDevice($0) }
    }

    /// False also where nothing is: reading will tell.
    private static func isPipeOrDevice(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }
}

/// Why a collection of pieces could not be made.
public enum CorpusError: Error, Hashable, CustomStringConvertible {
    case notThere(path: String)
    case unreadable(path: String)
    case noPieces(paths: [String], skipped: [Corpus.Skipped])

    public var description: String {
        switch self {
        case .notThere(let path):
            "\(path): there is no such file or folder; give a folder of MIDI files"
        case .unreadable(let path):
            "\(path): cannot be read: permission denied"
        case .noPieces(let paths, let skipped):
            if let first = skipped.first {
                "\(paths.joined(separator: ", ")): no MIDI file there could be used; the first, "
                    + "\(first.path): \(first.reason)"
            } else {
                "\(paths.joined(separator: ", ")): there are no MIDI files there"
            }
        }
    }
}
