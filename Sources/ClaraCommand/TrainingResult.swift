import Clara
import Foundation

/// What `clara train` says at its end.
struct TrainingResult: Encodable {
    struct Side: Encodable {
        let pieces: Int
        let notes: Int
        let tokens: Int
        var natsPerToken: Double?
        var bitsPerNote: Double?

        init(_ amount: Provenance.Amount) {
            (pieces, notes, tokens) = (amount.pieces, amount.notes, amount.tokens)
        }
    }

    let model: String
    let hash: String
    let bytes: Int
    let encoding: String
    let steps: Int
    let weights: Int?
    let duplicateGroups: Int?
    let training: Side
    let validation: Side
    let skipped: [Corpus.Skipped.Entry]

    init(model: ModelBundle, _ preparation: TrainingRun.Preparation?) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: model.path)
        self.model = model.path
        hash = model.hash
        bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
        encoding = model.encoding.identifier
        steps = model.provenance.steps
        weights = preparation?.weights
        duplicateGroups = preparation?.duplicateGroups
        training = Side(model.provenance.training)
        var validation = Side(model.provenance.validation)
        validation.natsPerToken = model.provenance.natsPerToken
        validation.bitsPerNote = model.provenance.bitsPerNote
        self.validation = validation
        skipped = preparation?.skipped.map(\.entry) ?? []
    }

    /// For people.
    var summary: String {
        var lines = ["trained for \(steps.of("step"))"]
        if let nats = validation.natsPerToken, let bits = validation.bitsPerNote {
            lines.append(
                "validation: \(nats.rounded(to: 4)) nats per token, \(bits.rounded(to: 3)) bits per "
                    + "note")
        }
        let megabytes = (Double(bytes) / 1e6).rounded(to: 1)
        lines.append("model: \(model) (\(megabytes) MB, hash \(hash))")
        return lines.joined(separator: "\n")
    }
}
