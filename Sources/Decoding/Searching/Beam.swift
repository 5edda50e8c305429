import Foundation

/// One beam while it is followed: a value, forked by copying.
struct Beam<Constraint: TokenConstraint> {
    private(set) var constraint: Constraint
    private(set) var repetition: RepetitionControl
    /// The beam's last token in the search's tree.
    private(set) var end = BeamTree.root
    private(set) var tokenCount = 0
    private(set) var newestToken = 0
    private(set) var logProbability = 0.0
    /// The log-probability, less what diversity and repetition cost.
    private(set) var total = 0.0
    /// The beam's row in the model's batch; after ``advance(by:in:)`` that of the beam it comes from.
    var row = 0

    init(constraint: Constraint, repetition: RepetitionControl) {
        self.constraint = constraint
        self.repetition = repetition
    }

    /// Goes on with an expansion of this beam.
    mutating func advance(by expansion: Expansion, in tree: inout BeamTree) {
        constraint.advance(expansion.token)
        repetition.advance(expansion.token)
        end = tree.append(expansion.token, after: end)
        tokenCount += 1
        newestToken = expansion.token
        logProbability = expansion.logProbability
        total = expansion.total
    }

    func score(lengthPenalty: Float) -> Double {
        total / pow(Double(max(1, tokenCount)), Double(lengthPenalty))
    }
}

/// A way for a beam to go on.
struct Expansion {
    /// The beam's index in its group.
    let parent: Int
    let token: Int
    /// The beam's with the token.
    let logProbability: Double
    /// The beam's with the token.
    let total: Double

    /// Whether this is the better one: the likelier, among equals that of the better beam, among its
    /// own the lower token.
    func isBetter(than other: Expansion) -> Bool {
        if total != other.total { return total > other.total }
        return (parent, token) < (other.parent, other.token)
    }
}
