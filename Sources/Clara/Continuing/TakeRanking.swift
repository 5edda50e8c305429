import Score

/// By what takes are put in order, the best first.
public enum TakeRanking: String, Hashable, Sendable, CaseIterable {
    /// How likely a critic holds it that a person wrote the new music.
    case critic
    /// The model's ln p of a note.
    case likelihood
}

/// Puts takes in order.
public struct TakeRanker {
    /// A take's place among those that were written.
    public struct Place: Hashable, Sendable {
        /// Of the take, counted from 0.
        public let index: Int
        /// What the critic makes of the new music, 0…1; nil without one.
        public let humanProbability: Double?
    }

    private let critic: PieceClassifier?

    /// The places of takes that nobody puts in order.
    public static func asWritten(_ takes: [Take]) -> [Place] {
        takes.indices.map { Place(index: $0, humanProbability: nil) }
    }

    /// - Parameter critic: nil to rank by likelihood.
    /// - Throws: `SafetensorsError` when the critic's file is damaged.
    public init(critic: ClassifierBundle?) throws {
        self.critic = try critic.map { try PieceClassifier($0) }
    }

    /// For a take at a time, beside other work.
    ///
    /// - Throws: `SafetensorsError` when the critic's file is damaged.
    package init(forSingleTakes critic: ClassifierBundle) throws {
        self.critic = try PieceClassifier(forShortPieces: critic)
    }

    /// The takes' places, the best first; equal ones as they were.
    ///
    /// - Throws: `ClassifyingError` when the critic's weights are damaged.
    public func places(of takes: [Take]) throws -> [Place] {
        let places = try takes.enumerated().map { index, take in
            Place(index: index, humanProbability: try critic.map { try human(take, by: $0) })
        }
        func score(_ place: Place) -> Double {
            place.humanProbability ?? takes[place.index].logProbabilityPerNote
        }
        return places.sorted { (score($0), $1.index) > (score($1), $0.index) }
    }

    /// What is to be said of the order: that the critic is no judge of such takes. Nothing by likelihood.
    ///
    /// - Parameters:
    ///   - bars: how many the new music of each has.
    ///   - model: that wrote them.
    public func remarks(on takes: [Take], ofBars bars: Int, by model: ModelBundle) -> [String] {
        guard let critic else { return [] }
        var remarks: [String] = []
        if bars < critic.leastBars || takes.contains(where: { $0.notes < critic.leastNotes }) {
            remarks.append(
                "the critic judges \(critic.leastBars) bars with \(critic.leastNotes) notes or more: of "
                    + "takes with less its verdict means little")
        }
        let unlike = takes.compactMap { critic.remark(on: $0.score) }.first
        if let remark = unlike ?? critic.remark(on: model) { remarks.append(remark) }
        return remarks
    }

    /// Silence is nobody's.
    private func human(_ take: Take, by critic: PieceClassifier) throws -> Double {
        do throws(ClassifyingError) {
            return try critic.classification(
                of: take.score, in: take.start..<take.end, named: "a take"
            ).human
        } catch {
            if case .noNotes = error { return 0 }
            throw error
        }
    }
}
