import Encodings
import Networks
import Tensors
import Training

/// A classifier at work: what its network and its linear one make of passages.
struct PassageReader {
    /// How many opinions there are of a passage: the network's and the figures'.
    static let opinions = 2
    /// T and B of what is read at once.
    private static let steps = 128
    private static let streams = 16

    private let classifier: SequenceClassifier
    private let figures: FigureClassifier
    private let encoding: any MusicEncoding

    /// - Parameters:
    ///   - streams: passages that are read at once.
    ///   - threads: that share the work; each waits for the others at every step.
    init(
        _ bundle: ClassifierBundle, streams: Int = Self.streams,
        threads: Int = ThreadTeam.processorCount
    ) throws {
        self.init(
            SequenceClassifier(
                configuration: bundle.configuration, weights: try bundle.weights(),
                steps: Self.steps, streams: streams, team: ThreadTeam(threads: threads)),
            bundle.figures,
            encoding: bundle.encoding)
    }

    init(
        _ classifier: SequenceClassifier, _ figures: FigureClassifier, encoding: any MusicEncoding
    ) {
        self.classifier = classifier
        self.figures = figures
        self.encoding = encoding
    }

    /// ln p of each class by the network and by the figures, for each passage of each piece.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    func opinions(
        ofPieces pieces: [[[Int]]], progress: (Double) -> Void = { _ in }
    ) -> [[[[Double]]]] {
        let source = PassageSource(
            pieces.joined().map { [$0] }, encoding: encoding,
            withContext: classifier.configuration.network.contexts > 0)
        let rows = classifier.rows(
            of: source, progress: progress, classifier.logProbabilities)
        var start = 0
        return pieces.map { passages in
            defer { start += passages.count }
            return zip(passages, rows[start..<start + passages.count]).map {
                [$1, figures.logProbabilities(of: $0, encoding: encoding)]
            }
        }
    }
}
