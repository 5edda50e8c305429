extension NGramModel {
    /// One model tried on held-out sequences.
    package struct Trial: Hashable, Sendable, Codable {
        package let order: Int
        package let smoothing: Smoothing
        /// The held-out sequences' negative log-likelihood for each predicted token, in nats.
        package let natsPerToken: Double
    }

    /// Tries each order with each smoothing: counted on `training`, measured on `heldOut`.
    ///
    /// Counts each n-gram length once, whatever the number of models. Of a large vocabulary only so many tokens are
    /// counted together as 64 bits can tell: six of up to 1,024 words, four of the 4,097 to 65,536 that chordwise text
    /// may have.
    package static func trials(
        training: [[Int]], heldOut: [[Int]], vocabularySize: Int, orders: ClosedRange<Int> = 1...6,
        neverPredicted: Int? = 0
    ) -> [Trial] {
        let packing = TokenPacking(vocabularySize: vocabularySize, neverPredicted: neverPredicted)
        precondition(orders.lowerBound >= 1, "an n-gram has one token at least")
        let orders = orders.clamped(to: 1...packing.longest)
        let corpus = NGramCorpus(
            packing: packing, vocabularySize: vocabularySize, sequences: training)
        let plain = (1...orders.upperBound).map { corpus.counts(order: $0) }
        let continuation = plain.indices.dropFirst().map {
            corpus.continuationCounts(order: $0, above: plain[$0])
        }
        return Smoothing.allCases.flatMap { smoothing in
            let top = plain.map { SmoothedCounts($0, smoothing) }
            let below =
                smoothing == .kneserNey
                ? continuation.map { SmoothedCounts($0, smoothing) } : top
            return orders.map { order in
                let model = NGramModel(
                    smoothing, levels: below.prefix(order - 1) + [top[order - 1]],
                    vocabularySize: vocabularySize, packing: packing)
                return Trial(
                    order: order, smoothing: smoothing,
                    natsPerToken: model.natsPerToken(of: heldOut))
            }
        }
    }

    /// The model, of all orders and both smoothings, that is best on `heldOut`, counted anew on
    /// `training` and `heldOut` together.
    ///
    /// Both are parts of the training data: what the model is to be measured on afterwards is in
    /// neither. A piece's transpositions and duplicates belong on one side, or the longest order
    /// looks best.
    package static func best(
        training: [[Int]], heldOut: [[Int]], vocabularySize: Int, orders: ClosedRange<Int> = 1...6,
        neverPredicted: Int? = 0
    ) -> NGramModel {
        let trials = trials(
            training: training, heldOut: heldOut, vocabularySize: vocabularySize, orders: orders,
            neverPredicted: neverPredicted)
        guard let best = trials.min(by: { $0.natsPerToken < $1.natsPerToken }) else {
            preconditionFailure("a closed range of orders has at least one")
        }
        return NGramModel(
            order: best.order, smoothing: best.smoothing, vocabularySize: vocabularySize,
            sequences: training + heldOut, neverPredicted: neverPredicted)
    }

    /// The sequences' negative log-likelihood for each predicted token, in nats; 0 when there is
    /// nothing to predict.
    package func natsPerToken(of sequences: [[Int]]) -> Double {
        let nats = sequences.reduce(0) { $0 + negativeLogLikelihood(of: $1) }
        let tokens = sequences.reduce(0) { $0 + $1.count { $0 != neverPredicted } }
        return tokens == 0 ? 0 : nats / Double(tokens)
    }
}
