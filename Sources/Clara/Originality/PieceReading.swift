import Encodings
import Files
import Foundation
import Library
import MIDIFile
import Originality
import Similarity

/// A file of music as a piece of an index.
struct PieceReading: Sendable {
    let path: String
    let piece: IndexedPiece
    let fingerprint: Fingerprint
    /// Nil where it was not asked for.
    let content: MusicContent?

    /// Reads all music on all cores.
    ///
    /// - Parameters:
    ///   - isShort: whether pieces are called by their paths from the folder that was named only, as
    ///     an index that goes elsewhere should; a library's by the names of their files.
    ///   - withContent: whether contents are asked for.
    ///   - progress: called from several threads with the number of files read and of all.
    /// - Throws: `CorpusError` where a path does not exist or there is no piece.
    static func all(
        of music: MusicSource, isShort: Bool, withContent: Bool,
        progress: @Sendable (Int, Int) -> Void
    ) throws(CorpusError) -> (pieces: [PieceReading], skipped: [Corpus.Skipped]) {
        var names = PieceNames()
        let files = try files(of: music).map { path, short in
            let (composer, title) = names.name(ofFile: path)
            let name = IndexedPiece.Name(
                file: isShort ? short : path, composer: composer, title: title)
            return (path: path, name: name)
        }
        let readings = files.concurrentMap(progress: progress) {
            read($0.path, named: $0.name, withContent: withContent)
        }
        let (pieces, skipped) = FileReading.sorted(readings)
        guard !pieces.isEmpty else { throw .noPieces(paths: music.names, skipped: skipped) }
        return (pieces, skipped)
    }

    /// The files, each once, with their paths from the folders that were named.
    private static func files(
        of music: MusicSource
    ) throws(CorpusError) -> [(path: String, short: String)] {
        var known: Set<String> = []
        var files: [(path: String, short: String)] = []
        for folder in music.paths {
            for path in try Corpus.files(in: [folder]) where known.insert(path).inserted {
                let short =
                    path == folder
                    ? (path as NSString).lastPathComponent
                    : String(path.dropFirst(folder.count).drop { $0 == "/" })
                files.append((path, short))
            }
        }
        return files
    }

    private static func read(
        _ path: String, named name: IndexedPiece.Name, withContent: Bool
    ) -> FileReading<PieceReading> {
        do {
            let (score, _) = try MIDIFile.read(contentsOf: path)
            guard score.parts.contains(where: { !$0.isDrums && !$0.notes.isEmpty }) else {
                return .withoutNotes(path)
            }
            return .piece(
                PieceReading(
                    path: path, piece: IndexedPiece(score, named: name),
                    fingerprint: Fingerprint(of: score),
                    content: withContent ? MusicContent(of: score) : nil))
        } catch {
            return .skipped(Corpus.Skipped(path: path, reason: error.reason(without: path)))
        }
    }
}
