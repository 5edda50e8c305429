import Encodings
import Similarity

/// Gathers pieces by their composers, as a library knows them.
struct ComposerMusic {
    private let corpus: Corpus
    private let cutter: PassageCutter
    private let data: [String]

    /// Passages of a piece that are trained on, or that it is judged by: long pieces should not outweigh
    /// others.
    private static let passages = 12

    /// - Parameter progress: called from several threads with the number of files read and of all.
    init(
        _ music: MusicSource, cutter: PassageCutter,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) throws {
        corpus = try Corpus(music, encoding: cutter.encoding, progress: progress)
        self.cutter = cutter
        data = music.names
    }

    /// Of composers with at least `minimum` pieces to train on, in the order of the alphabet.
    ///
    /// - Parameters:
    ///   - heldOut: the music that is held out; the rest is divided.
    ///   - names: surnames in one plain word that are no composers', such as “anonymous”.
    func labelled(
        minimum: Int, apartFrom names: [String], heldOut: Set<MusicContent>
    ) throws(ClassifyingError) -> LabelledMusic {
        let known = corpus.pieces.filter {
            $0.labels.composer != nil && !heldOut.contains($0.content)
        }
        let counts = Dictionary(grouping: known) { $0.labels.composer ?? "" }.mapValues(\.count)
        let classes = counts.filter { $1 >= minimum && !names.contains($0) }.keys.sorted()
        guard classes.count > 1 else {
            throw .tooFewClasses(found: classes.count, minimum: minimum, data: data)
        }
        return try labelled(classes: classes, heldOut: heldOut)
    }

    /// Of the composers that are named.
    func labelled(
        classes: [String], heldOut: Set<MusicContent>
    ) throws(ClassifyingError) -> LabelledMusic {
        let pieces = corpus.pieces.filter { classes.contains($0.labels.composer ?? "") }
        let split = ClassifierSplit(
            Corpus(encoding: corpus.encoding, pieces: pieces), heldOut: heldOut)
        let music = LabelledMusic(
            classes: classes,
            training: split.training.labelled(by: classes, cutter, atMost: Self.passages),
            calibration: split.calibration.labelled(by: classes, cutter, atMost: Self.passages),
            heldOut: split.heldOut.labelled(by: classes, cutter, atMost: Self.passages),
            heldOutContents: split.heldOutContents, skipped: corpus.skipped)
        try music.check(data: data)
        return music
    }
}

extension Corpus {
    /// The pieces as passages; those that give none are left out.
    fileprivate func labelled(
        by classes: [String], _ cutter: PassageCutter, atMost limit: Int
    ) -> [LabelledPiece] {
        let groups = DuplicateGroups(pieces.map(\.fingerprint)).representatives
        let cut = pieces.concurrentMap { cutter.passages(ofFile: $0.path, atMost: limit) }
        return zip(zip(pieces, groups), cut).compactMap { named, passages in
            guard let label = classes.firstIndex(of: named.0.labels.composer ?? ""),
                !passages.isEmpty
            else { return nil }
            return LabelledPiece(label: label, group: named.1, passages: passages)
        }
    }
}
