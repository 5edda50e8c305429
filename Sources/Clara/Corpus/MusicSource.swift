import Encodings
import Library

/// Which music a use case works on: folders and files, what a query finds in a library, or both.
public struct MusicSource: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// As results and errors name it.
    public let names: [String]
    /// Folders, searched to the bottom, and files.
    package let paths: [String]
    /// What a library tells of its files, by their paths.
    let labels: [String: PieceLabels]

    public init(_ folders: [String]) {
        names = folders
        paths = folders
        labels = [:]
    }

    public init(arrayLiteral folders: String...) { self.init(folders) }

    /// - Parameters:
    ///   - query: as the person who asks has put it, for results and errors.
    ///   - folders: further music.
    package init(pieces: [Piece], of library: PieceLibrary, query: String, folders: [String] = []) {
        names = folders + [query.isEmpty ? library.path : "\(library.path) \(query)"]
        paths = folders + pieces.map(\.path)
        labels = Dictionary(
            pieces.map {
                ($0.path, PieceLabels(composer: $0.composerWord, styles: $0.styleWords))
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Corpus {
    /// As of the source's paths, with errors that name the source.
    package init(
        _ music: MusicSource, encoding: any MusicEncoding,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(CorpusError) {
        do {
            try self.init(
                music.paths, labels: music.labels, encoding: encoding, progress: progress)
        } catch {
            throw error.naming(music)
        }
    }

    /// As of the source's paths, with errors that name the source.
    package init(
        _ music: MusicSource, encodedBy name: EncodingName, validationShare: Double,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(CorpusError) {
        do {
            try self.init(
                music.paths, labels: music.labels, encodedBy: name,
                validationShare: validationShare, progress: progress)
        } catch {
            throw error.naming(music)
        }
    }
}

extension CorpusError {
    fileprivate func naming(_ music: MusicSource) -> CorpusError {
        switch self {
        case .noPieces(_, let skipped): .noPieces(paths: music.names, skipped: skipped)
        case .notThere, .unreadable: self
        }
    }
}
