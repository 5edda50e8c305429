import GRDB

/// What a library knows of files, to tell which have to be read.
struct KnownFiles {
    enum State {
        /// New, or another than before.
        case changed
        case unchanged
        /// As before, when it gave no piece.
        case failed(FailedFile)
    }

    private let pieces: [String: Piece]
    private let failed: [String: FailedFile]

    init(in library: PieceLibrary) throws(LibraryError) {
        (pieces, failed) = try library.read { database in
            (
                Dictionary(
                    uniqueKeysWithValues: try Piece.fetchAll(database).map { ($0.path, $0) }),
                Dictionary(
                    uniqueKeysWithValues: try FailedFile.fetchAll(database).map { ($0.path, $0) })
            )
        }
    }

    func state(of file: FileToRead) -> State {
        if let piece = pieces[file.path] {
            let stamp = FileStamp(size: piece.size, modified: piece.modified)
            let isSame =
                stamp == file.stamp && piece.reading == PieceReader.version
                && piece.factsHash == file.factsHash
            return isSame ? .unchanged : .changed
        }
        guard let failure = failed[file.path],
            FileStamp(size: failure.size, modified: failure.modified) == file.stamp,
            failure.reading == PieceReader.version
        else { return .changed }
        return .failed(failure)
    }
}
