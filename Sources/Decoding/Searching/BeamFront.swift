/// All groups of a beam search at one token.
struct BeamFront<Constraint: TokenConstraint> {
    private var groups: [BeamGroup<Constraint>]
    private var tree = BeamTree()
    private var candidates = Candidates()
    /// How many beams of the groups before chose each token, (V).
    private var rivals: [Int]
    /// B, the rows of the model's batch.
    private var rowCount = 1
    /// The token that each row's beam got last, (B).
    private(set) var newestTokens: [Int] = []
    private let lengthPenalty: Float

    /// - Parameter first: what all groups begin with, in the only row of the model's batch.
    init(
        _ settings: BeamSettings, tokenLimit: Int, vocabularySize: Int, first: Beam<Constraint>
    ) {
        groups = (0..<settings.groups).map {
            BeamGroup(number: $0, settings: settings, tokenLimit: tokenLimit, first: first)
        }
        rivals = [Int](repeating: 0, count: vocabularySize)
        lengthPenalty = settings.lengthPenalty
    }

    /// Whether any beam is followed still.
    var isSearching: Bool { groups.contains { !$0.live.isEmpty } }

    /// The best beam that is followed, of the first group that follows any.
    var leader: Beam<Constraint>? { groups.lazy.compactMap(\.live.first).first }

    /// Gives every beam its next token, group after group.
    ///
    /// - Parameter logits: (B, V); masked in place.
    mutating func advance(logits: inout [Float]) throws(GenerationError) {
        for token in rivals.indices { rivals[token] = 0 }
        try logits.withUnsafeMutableBufferPointer { (buffer) throws(GenerationError) in
            for index in groups.indices {
                try groups[index].advance(
                    logits: buffer, rivals: rivals, candidates: &candidates, tree: &tree)
                for token in groups[index].newestTokens { rivals[token] += 1 }
            }
        }
    }

    /// Numbers the rows anew, group after group, and collects their newest tokens.
    ///
    /// - Returns: for each new row the old row that it goes on from; nil when all rows stay.
    mutating func renumberRows() -> [Int]? {
        var parents: [Int] = []
        newestTokens.removeAll(keepingCapacity: true)
        for index in groups.indices {
            groups[index].moveRows(from: parents.count) { parent, token in
                parents.append(parent)
                newestTokens.append(token)
            }
        }
        defer { rowCount = parents.count }
        return parents == Array(0..<rowCount) ? nil : parents
    }

    /// Ends all beams that are followed.
    mutating func cancel() {
        for index in groups.indices { groups[index].cancel() }
    }

    /// The ended beams: the best one of each group, best first, then the others, best first.
    var found: [FoundBeam] {
        let ranked = groups.enumerated().map { number, group in
            group.ended.map { found($0, group: number) }.sorted { $0.score > $1.score }
        }
        func best(first beams: [FoundBeam]) -> [FoundBeam] { beams.sorted { $0.score > $1.score } }
        return best(first: ranked.compactMap(\.first))
            + best(first: ranked.flatMap { $0.dropFirst() })
    }

    private func found(_ ended: BeamGroup<Constraint>.Ended, group: Int) -> FoundBeam {
        FoundBeam(
            group: group, tokens: tree.tokens(endingAt: ended.beam.end),
            logProbability: ended.beam.logProbability,
            score: ended.beam.score(lengthPenalty: lengthPenalty), end: ended.end)
    }
}
