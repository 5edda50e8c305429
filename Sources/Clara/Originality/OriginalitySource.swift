import Files
import Foundation
import Originality

/// The music that pieces are compared with.
public struct OriginalitySource: Sendable {
    /// As results name it: the index's file, or the folders and queries.
    public let names: [String]
    /// Files that gave no piece; none of an index that was read.
    public let skipped: [Corpus.Skipped]
    package let table: PassageTable

    package init(
        _ index: OriginalityIndex, names: [String], skipped: [Corpus.Skipped] = []
    ) {
        self.names = names
        self.skipped = skipped
        table = PassageTable(index)
    }

    /// Reads music to compare pieces with, on all cores, without leaving an index.
    ///
    /// - Parameter progress: called from several threads with the number of files read and of all.
    /// - Throws: `CorpusError` where a path does not exist or there is no piece.
    public init(
        reading music: MusicSource, progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(CorpusError) {
        let (read, skipped) = try PieceReading.all(
            of: music, isShort: false, withContent: false, progress: progress)
        self.init(
            OriginalityIndex(read.map(\.piece)), names: music.names, skipped: skipped)
    }

    /// Pieces that it has.
    public var pieces: Int { table.index.pieces.count }
    /// Chords that these have.
    public var chords: Int { table.index.chordCount }

    /// Half a gigabyte: more would be some hundred thousand pieces.
    private static let sizeLimit = 1 << 29

    /// Where the index of what a model was trained on is: beside the model.
    public static func path(besideModel path: String) -> String {
        OutputFile.path(of: path, endingIn: "originality")
    }

    /// Reads an index.
    ///
    /// - Throws: `OriginalityError` where there is none, or it is damaged.
    public init(index path: String) throws(OriginalityError) {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.bytes(of: path, limit: Self.sizeLimit)
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        do {
            self.init(try OriginalityIndex(bytes: bytes), names: [path])
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// Reads the index beside a model.
    ///
    /// - Throws: `OriginalityError`, which tells how to make an index where there is none.
    public init(besideModel model: String) throws(OriginalityError) {
        let path = Self.path(besideModel: model)
        guard FileManager.default.fileExists(atPath: path) else {
            throw .noIndex(path: path, model: model)
        }
        try self.init(index: path)
    }
}
