/// Token sequences as a source of n-gram counts.
struct NGramCorpus {
    let packing: TokenPacking
    let sequences: [[Int]]

    init(packing: TokenPacking, vocabularySize: Int, sequences: [[Int]]) {
        precondition(
            sequences.allSatisfy { $0.allSatisfy { (0..<vocabularySize).contains($0) } },
            "a token is below the vocabulary's size")
        self.packing = packing
        self.sequences = sequences
    }

    /// How often each n-gram of `order` tokens occurs.
    func counts(order: Int) -> NGramCounts {
        NGramCounts(nGrams: nGrams(order: order) { $0 >= order - 1 }, packing: packing)
    }

    /// How many different tokens stand before each n-gram of `order` tokens: the counts of Kneser
    /// and Ney's lower levels.
    ///
    /// N-grams that begin a piece have nothing before them and keep their plain counts.
    ///
    /// - Parameter above: the counts, plain or continuation, of the n-grams one token longer.
    func continuationCounts(order: Int, above: NGramCounts) -> NGramCounts {
        var nGrams = nGrams(order: order) { $0 == order - 1 }
        nGrams.reserveCapacity(nGrams.count + above.distinctCount)
        above.forEachNGram { nGrams.append(packing.suffix($0, count: order)) }
        return NGramCounts(nGrams: nGrams, packing: packing)
    }

    /// The n-grams at all positions with a history whose length `isCounted`, unsorted.
    private func nGrams(order: Int, isCounted: (Int) -> Bool) -> [UInt64] {
        var nGrams: [UInt64] = []
        for sequence in sequences {
            packing.forEachPrediction(in: sequence) { history, length, token in
                guard isCounted(length) else { return }
                let context = packing.suffix(history, count: order - 1)
                nGrams.append(packing.appending(token, to: context))
            }
        }
        return nGrams
    }
}
