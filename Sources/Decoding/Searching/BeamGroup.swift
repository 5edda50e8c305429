import Foundation

/// The beams of one group: those that are followed, best first, and apart from them those that ended.
///
/// An ended beam keeps its place among the group's beams, so that the search ends when all places are
/// taken.
struct BeamGroup<Constraint: TokenConstraint> {
    typealias Ended = (beam: Beam<Constraint>, end: GeneratedStream.End)

    private(set) var live: [Beam<Constraint>] = []
    private(set) var ended: [Ended] = []
    /// The tokens that the followed beams got last; also those of the beams that ended by them.
    private(set) var newestTokens: [Int] = []
    private var expansions: [Expansion] = []
    private let number: Int
    private let settings: BeamSettings
    private let tokenLimit: Int

    init(
        number: Int, settings: BeamSettings, tokenLimit: Int, first beam: Beam<Constraint>
    ) {
        self.number = number
        self.settings = settings
        self.tokenLimit = tokenLimit
        keep(beam)
    }

    private var places: Int { settings.beams / settings.groups }

    /// Gives the beams their next tokens: of all expansions the best ones stay.
    ///
    /// - Parameters:
    ///   - logits: (B, V), a row for each beam of all groups; masked in place.
    ///   - rivals: how many beams of earlier groups chose each token, (V).
    mutating func advance(
        logits: UnsafeMutableBufferPointer<Float>, rivals: [Int], candidates: inout Candidates,
        tree: inout BeamTree
    ) throws(GenerationError) {
        expansions.removeAll(keepingCapacity: true)
        let width = rivals.count
        for index in live.indices {
            let start = live[index].row * width
            let row = UnsafeMutableBufferPointer(rebasing: logits[start..<start + width])
            try expand(index, logits: row, rivals: rivals, using: &candidates)
        }
        expansions.sort { $0.isBetter(than: $1) }
        let parents = live
        live.removeAll(keepingCapacity: true)
        newestTokens.removeAll(keepingCapacity: true)
        for expansion in expansions {
            guard live.count + ended.count < places else { break }
            var beam = parents[expansion.parent]
            beam.advance(by: expansion, in: &tree)
            newestTokens.append(expansion.token)
            keep(beam)
        }
    }

    /// Gives the followed beams the rows from `first` on.
    ///
    /// - Parameter report: receives the row that each beam had or came from, and its newest token.
    mutating func moveRows(from first: Int, report: (_ oldRow: Int, _ token: Int) -> Void) {
        for index in live.indices {
            report(live[index].row, live[index].newestToken)
            live[index].row = first + index
        }
    }

    /// Ends all beams that are followed.
    mutating func cancel() {
        for beam in live { ended.append((beam, .cancelled)) }
        live = []
    }

    private mutating func keep(_ beam: Beam<Constraint>) {
        if beam.constraint.isFinished {
            ended.append((beam, .finished))
        } else if beam.tokenCount >= tokenLimit {
            ended.append((beam, .tokenLimit))
        } else {
            live.append(beam)
        }
    }

    private mutating func expand(
        _ index: Int, logits: UnsafeMutableBufferPointer<Float>, rivals: [Int],
        using candidates: inout Candidates
    ) throws(GenerationError) {
        let beam = live[index]
        beam.constraint.mask(logits)
        do {
            guard try candidates.fill(from: UnsafeBufferPointer(logits)) else {
                ended.append((beam, .nothingAllowed))
                return
            }
        } catch {
            throw GenerationError(
                stream: number * places + index, position: beam.tokenCount, cause: error)
        }
        let logTotal = Double(candidates.highestLogit) + log(candidates.totalWeight)
        beam.repetition.apply(to: &candidates)
        if number > 0 { candidates.lower { settings.diversity * Float(rivals[$0]) } }
        candidates.keepBest { count, _ in count == settings.expansions }
        for candidate in candidates.all {
            let penalised = Double(candidates.highestLogit) + Double(candidate.logit)
            expansions.append(
                Expansion(
                    parent: index, token: candidate.token,
                    logProbability: beam.logProbability + Double(logits[candidate.token])
                        - logTotal,
                    total: beam.total + penalised - logTotal))
        }
    }
}
