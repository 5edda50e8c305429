import Clara
import Foundation

/// What `clara evaluate` says at its end.
struct EvaluationResult: Encodable {
    struct Baseline: Encodable {
        let order: Int
        let smoothing: String
        /// In how many keys each piece was counted.
        let keys: Int
        let natsPerToken: Double
        let bitsPerNote: Double
        /// Counted ones.
        let pieces: Int
        let leftOut: Int
    }

    let model: String
    let hash: String
    /// Of the weights that generate; null where the network of training was measured.
    let precision: WeightPrecision?
    let split: Evaluation.Side
    let splitIsAsInTraining: Bool
    let pieces: Int
    let notes: Int
    let tokens: Int
    let natsPerToken: Double
    let bitsPerNote: Double
    let baseline: Baseline?
    let skipped: [Corpus.Skipped.Entry]

    init(
        _ outcome: Evaluation.Outcome, model: ModelBundle, side: Evaluation.Side,
        precision: WeightPrecision?
    ) {
        self.precision = precision
        self.model = model.path
        hash = model.hash
        split = side
        splitIsAsInTraining = outcome.isAsInTraining
        pieces = outcome.pieces
        notes = outcome.likelihood.notes
        tokens = outcome.likelihood.tokens
        natsPerToken = outcome.likelihood.natsPerToken
        bitsPerNote = outcome.likelihood.bitsPerNote
        baseline = outcome.baseline.map {
            Baseline(
                order: $0.order, smoothing: $0.smoothing, keys: $0.keys,
                natsPerToken: $0.likelihood.natsPerToken, bitsPerNote: $0.likelihood.bitsPerNote,
                pieces: $0.pieces, leftOut: $0.leftOut)
        }
        skipped = outcome.skipped.map(\.entry)
    }

    /// For people.
    var summary: String {
        let amount = [pieces.of("piece"), notes.of("note"), tokens.of("token")]
        var table = TextTable([
            ("", .left), ("nats per token", .right), ("bits per note", .right),
        ])
        table.add(["Clara", natsPerToken.rounded(to: 4), bitsPerNote.rounded(to: 3)])
        var lines = [amount.joined(separator: ", ")]
        lines += SkippedFiles(skipped).lines()
        if let baseline {
            lines.append("the baseline: \(baseline.amount)")
            table.add([
                baseline.name, baseline.natsPerToken.rounded(to: 4),
                baseline.bitsPerNote.rounded(to: 3),
            ])
        }
        lines += ["", table.description]
        if let baseline {
            let saved = 100 * (1 - bitsPerNote / baseline.bitsPerNote)
            lines += [
                "",
                "Clara needs \(abs(saved).rounded(to: 1)) % \(saved < 0 ? "more" : "fewer") bits",
            ]
        }
        return lines.joined(separator: "\n")
    }

    static let otherPieces = """
        These are not the pieces that training had on this side: the folder is another one, or has \
        changed. Some may have been on the other side.
        """
}

extension EvaluationResult.Baseline {
    fileprivate var name: String {
        "\(order)-gram, \(smoothing == "kneser-ney" ? "Kneser-Ney" : "Witten-Bell")"
    }

    fileprivate var amount: String {
        let text = "counted on \(pieces.of("piece"))\(keys > 1 ? " in \(keys) keys" : "")"
        guard leftOut > 0 else { return text }
        return text + "; \(leftOut.grouped) left out, as measured, held out or duplicates of these"
    }
}
