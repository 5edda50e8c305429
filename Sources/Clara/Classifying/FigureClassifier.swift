import Encodings
import Measures
import Networks
import Score
import Tensors
import Training

/// A linear classifier of passages by figures that need no network: those that `CriticFeatures` hears of their
/// notes.
struct FigureClassifier: Hashable, Sendable, Codable {
    private static let ticksPerQuarter = 480

    private let regression: SoftmaxRegression

    init(_ music: LabelledMusic, encoding: any MusicEncoding) {
        let (training, heldOut) = (
            Self.examples(music.training, encoding), Self.examples(music.calibration, encoding)
        )
        regression = SoftmaxRegression(
            training, judgedOn: heldOut, classes: music.classes.count)
    }

    /// How many figures it needs of a passage, and how many classes there are.
    func fits(classes: Int) -> Bool {
        regression.bias.count == classes
            && regression.weights.count == classes * Self.figures(of: Excerpt.silence).count
    }

    /// ln p of each class.
    ///
    /// - Parameter passage: a text that `PassageCutter` cut.
    func logProbabilities(of passage: [Int], encoding: any MusicEncoding) -> [Double] {
        regression.logits(of: Self.figures(of: passage, encoding)).logSoftmax
    }

    private static func examples(
        _ pieces: [LabelledPiece], _ encoding: any MusicEncoding
    ) -> SoftmaxRegression.Examples {
        let passages = pieces.flatMap { piece in
            piece.passages.map { (tokens: $0, label: piece.label) }
        }
        return .init(
            features: passages.concurrentMap { figures(of: $0.tokens, encoding) },
            labels: passages.map(\.label))
    }

    private static func figures(of passage: [Int], _ encoding: any MusicEncoding) -> [Float] {
        let score = encoding.decode(
            passage, ticksPerQuarter: ticksPerQuarter, rule: .unlimited
        ).score
        let end = score.meterMap.barLine(atOrAfter: score.end, ticksPerQuarter: ticksPerQuarter)
        return figures(of: Excerpt(.zero..<end, of: score))
    }

    private static func figures(of excerpt: Excerpt) -> [Float] {
        CriticFeatures.vector(of: excerpt).map { Float($0) }
    }
}

extension Excerpt {
    fileprivate static var silence: Excerpt { Excerpt(.zero..<Ticks(1), of: Score(parts: [])) }
}
