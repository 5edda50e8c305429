import Encodings
import Files
import Foundation
import Library
import MIDIFile
import Originality
import Score
import Similarity

/// Makes an index of music, and measures what pieces that are not in it share with it by chance.
public struct OriginalityIndexing: Sendable {
    public enum Event: Sendable {
        case reading(files: Int, of: Int)
        /// Looks for duplicates, which are no chance.
        case comparing
        case measuring(pieces: Int, of: Int)
    }

    /// What came of it.
    public struct Outcome: Sendable {
        public let source: OriginalitySource
        /// Pieces that the model had held out, and which are not in the index.
        public let heldOut: Int
        private let bytes: [UInt8]

        init(source: OriginalitySource, heldOut: Int, bytes: [UInt8]) {
            self.source = source
            self.heldOut = heldOut
            self.bytes = bytes
        }

        /// Bytes of the index.
        public var size: Int { bytes.count }

        /// Writes the index, whole or not at all.
        public func write(to path: String) throws(OutputError) {
            try OutputFile(path).write(bytes)
        }
    }

    private let music: MusicSource
    private let heldOut: Set<MusicContent>

    /// Of pieces that could be measured so many are: enough to tell what one in a hundred is like.
    private static let measured = 400

    /// - Parameter model: the one that was trained on the music: what it held out stays out of the
    ///   index, and is measured. Without one, pieces of the index are measured against the others.
    public init(_ music: MusicSource, of model: ModelBundle? = nil) {
        self.music = music
        heldOut = Set(model?.provenance.heldOut ?? [])
    }

    /// Reads on all cores.
    ///
    /// - Parameter progress: called from several threads.
    /// - Throws: `CorpusError` where a path does not exist or there is no piece, `OriginalityError`
    ///   where all pieces are held out.
    public func run(progress: @Sendable (Event) -> Void = { _ in }) throws -> Outcome {
        let (read, skipped) = try PieceReading.all(
            of: music, isShort: true, withContent: !heldOut.isEmpty
        ) { progress(.reading(files: $0, of: $1)) }
        let isHeldOut = read.map { $0.content.map(heldOut.contains) ?? false }
        let indexed = read.indices.filter { !isHeldOut[$0] }
        guard !indexed.isEmpty else {
            throw OriginalityError.nothingToIndex(names: music.names)
        }
        var index = OriginalityIndex(indexed.map { read[$0].piece })
        progress(.comparing)
        let others = read.indices.filter { isHeldOut[$0] }
        index.baseline = baseline(
            of: read, for: others.isEmpty ? indexed : others, indexed: indexed,
            in: PassageTable(index), progress: progress)
        return Outcome(
            source: OriginalitySource(index, names: music.names, skipped: skipped),
            heldOut: others.count, bytes: index.bytes)
    }

    /// What some of the pieces share with those of the index that are no duplicates of theirs.
    ///
    /// - Parameter indexed: the numbers of the pieces in the index.
    private func baseline(
        of read: [PieceReading], for numbers: [Int], indexed: [Int], in table: PassageTable,
        progress: @Sendable (Event) -> Void
    ) -> ChanceBaseline? {
        guard read.count > 1 else { return nil }
        let groups = DuplicateGroups(read.map(\.fingerprint)).representatives
        let spacing = (numbers.count + Self.measured - 1) / Self.measured
        let chosen = stride(from: 0, to: numbers.count, by: max(1, spacing)).map { numbers[$0] }
        let runs = chosen.concurrentMap(
            progress: { progress(.measuring(pieces: $0, of: $1)) }
        ) { number in
            let duplicates = indexed.indices.filter { groups[indexed[$0]] == groups[number] }
            // Reading it again costs less than keeping the chords of all.
            let score = try? MIDIFile.read(contentsOf: read[number].path).score
            return ChanceBaseline.runs(
                of: ChordSequence(of: score ?? Score(parts: [])), in: table,
                excluding: Set(duplicates))
        }
        return ChanceBaseline(runs)
    }
}
