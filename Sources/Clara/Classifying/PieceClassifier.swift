import Encodings
import Score

/// What a classifier makes of a piece.
public struct Classification: Sendable {
    public struct Passage: Hashable, Sendable {
        /// Counted from 1.
        public let bars: ClosedRange<Int>
        /// Its bar lines, in the score's ticks.
        public let range: Range<Ticks>
        /// As many as were read.
        public let notes: Int
        /// Of each class, as if the passage were all there is.
        public let probabilities: [Double]
    }

    /// The classes' names.
    public let classes: [String]
    /// Of each class.
    public let probabilities: [Double]
    /// In their order in the piece.
    public let passages: [Passage]

    /// The classes with their probabilities, the likeliest first.
    public var ranking: [(name: String, probability: Double)] {
        zip(classes, probabilities).map { (name: $0, probability: $1) }
            .sorted { $0.probability > $1.probability }
    }
}

extension Classification {
    /// How likely a person wrote it, where a critic says so; 0 by another classifier.
    public var human: Double { Self.human(classes, probabilities) }

    /// Likewise for each passage.
    public var humanPassages: [(passage: Passage, human: Double)] {
        passages.map { (passage: $0, human: Self.human(classes, $0.probabilities)) }
    }

    private static func human(_ classes: [String], _ probabilities: [Double]) -> Double {
        classes.firstIndex(of: CriticMusic.human).map { probabilities[$0] } ?? 0
    }
}

/// Says of pieces which class they are of: the use case behind `clara critique` and `clara identify`.
public struct PieceClassifier {
    let bundle: ClassifierBundle
    private let reader: PassageReader

    /// - Throws: `SafetensorsError` when the file is damaged.
    public init(_ bundle: ClassifierBundle) throws {
        self.bundle = bundle
        reader = try PassageReader(bundle)
    }

    /// For pieces of few passages, beside other work: reads one at a time, on one thread.
    ///
    /// - Throws: `SafetensorsError` when the file is damaged.
    package init(forShortPieces bundle: ClassifierBundle) throws {
        self.bundle = bundle
        reader = try PassageReader(bundle, streams: 1, threads: 1)
    }

    /// - Parameters:
    ///   - range: what begins there only, from a bar line to a bar line, in the score's ticks.
    ///   - name: what errors call the piece.
    /// - Throws: `ClassifyingError` where there are no notes, or where the classifier's weights are
    ///   damaged.
    public func classification(
        of score: Score, in range: Range<Ticks>? = nil, named name: String
    ) throws(ClassifyingError) -> Classification {
        let passages = bundle.cutter.passages(of: score, in: range)
        guard !passages.isEmpty else { throw .noNotes(piece: name) }
        let scores = reader.opinions(ofPieces: [passages.map(\.tokens)])[0]
        guard scores.joined().joined().allSatisfy({ !$0.isNaN }) else {
            throw .damaged(model: bundle.path)
        }
        return Classification(
            classes: bundle.classes,
            probabilities: bundle.calibration.probabilities(ofPassages: scores),
            passages: zip(passages, scores).map {
                .init(
                    bars: $0.bars, range: $0.range,
                    notes: bundle.encoding.noteCount(of: $0.tokens),
                    probabilities: bundle.calibration.probabilities(ofPassages: [$1]))
            })
    }
}

/// Why a piece has no class, or a classifier could not be made.
public enum ClassifyingError: Error, Hashable, CustomStringConvertible {
    case noNotes(piece: String)
    /// Too little music for a verdict.
    case tooShort(piece: String, bars: Int, notes: Int, leastBars: Int, leastNotes: Int)
    case damaged(model: String)
    /// Composers with enough pieces.
    case tooFewClasses(found: Int, minimum: Int, data: [String])
    case noPieces(side: String, data: [String])

    public var description: String {
        switch self {
        case .noNotes(let piece):
            "\(piece): has no notes besides drums; give a piece with notes"
        case .tooShort(let piece, let bars, let notes, let leastBars, let leastNotes):
            "\(piece): is too short to be judged (bars: \(bars), notes: \(notes)); give at least "
                + "\(leastBars) bars with \(leastNotes) notes"
        case .damaged(let model):
            "\(model): gives no usable numbers: its weights are damaged; copy or train it again"
        case .tooFewClasses(let found, let minimum, let data):
            "\(data.joined(separator: ", ")): composers with \(minimum) pieces or more to train on: "
                + "\(found); there must be two: lower --minimum, or add music to the library"
        case .noPieces(let side, let data):
            "\(data.joined(separator: ", ")): no piece is left \(side); give more music, or the music "
                + "that the language model was trained on"
        }
    }
}
