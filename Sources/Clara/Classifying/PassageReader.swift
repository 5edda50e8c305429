import Encodings
import Networks
import Tensors
import Training

/// A classifier's network at work: what it makes of passages.
struct PassageReader {
    /// T and B of what is read at once.
    private static let steps = 128
    private static let streams = 16

    private let classifier: SequenceClassifier
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
            encoding: bundle.encoding)
    }

    init(_ classifier: SequenceClassifier, encoding: any MusicEncoding) {
        self.classifier = classifier
        self.encoding = encoding
    }

    /// ln p of each class for each passage of each piece.
    ///
    /// - Parameter progress: called now and then with the share done, 0…1.
    func logProbabilities(
        ofPieces pieces: [[[Int]]], progress: (Double) -> Void = { _ in }
    ) -> [[[Double]]] {
        let source = PassageSource(
            pieces.joined().map { [$0] }, encoding: encoding,
            withContext: classifier.configuration.network.contexts > 0)
        let rows = classifier.rows(
            of: source, progress: progress, classifier.logProbabilities)
        var start = 0
        return pieces.map { passages in
            defer { start += passages.count }
            return Array(rows[start..<start + passages.count])
        }
    }
}
