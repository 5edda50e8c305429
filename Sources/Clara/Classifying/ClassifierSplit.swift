import Encodings

/// A collection divided as a classifier needs it: what a language model held out, and of the other pieces those to
/// train on and those for the calibration, duplicates on one side.
struct ClassifierSplit {
    let training: Corpus
    let calibration: Corpus
    let heldOut: Corpus

    /// The share of the pieces to train on that the calibration gets.
    static let calibrationShare = 0.1

    /// - Parameter contents: of the music that is held out.
    init(_ corpus: Corpus, heldOut contents: Set<MusicContent>) {
        func side(_ isHeldOut: Bool) -> Corpus {
            Corpus(
                encoding: corpus.encoding,
                pieces: corpus.pieces.filter { contents.contains($0.content) == isHeldOut })
        }
        let split = CorpusSplit(side(false), validationShare: Self.calibrationShare)
        (training, calibration, heldOut) = (split.training, split.validation, side(true))
    }

    var heldOutContents: [MusicContent] { heldOut.pieces.map(\.content).sorted() }
}
