import Clara

/// How a run's nats per token are told, on the side it trains on and on the one it is validated on.
struct TrainingYardstick: Sendable {
    let training: @Sendable (Double) -> String
    let validation: @Sendable (Double) -> String

    /// As bits per note too. Where notes are not counted, there are as many to a token as in the whole
    /// collection.
    init(_ preparation: TrainingRun.Preparation) {
        func text(_ amount: Provenance.Amount) -> @Sendable (Double) -> String {
            let tokens = amount.tokens + amount.pieces
            return { nats in
                Likelihood(nats: nats * Double(tokens), tokens: tokens, notes: amount.notes)
                    .description
            }
        }
        training = text(preparation.training)
        validation = text(preparation.validation)
    }

    /// As the benchmark's published tables do.
    init(_ preparation: BenchmarkTraining.Preparation) {
        func text(
            _ amount: BenchmarkTraining.Preparation.Amount
        ) -> @Sendable (Double) -> String {
            let tokensPerUnit = Double(amount.tokens) / Double(max(1, amount.units))
            let unit = preparation.benchmark.unit
            return { nats in "\((nats * tokensPerUnit).rounded(to: 4)) nats per \(unit)" }
        }
        training = text(preparation.training)
        validation = text(preparation.validation)
    }
}
