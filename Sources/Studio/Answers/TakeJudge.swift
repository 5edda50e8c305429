import Clara
import Score
import Synchronization

/// What is found out about takes when they are complete: what they copy, and what a critic says.
final class TakeJudge: Sendable {
    struct Verdict: Hashable, Sendable {
        /// Nil where it is not known what the voice learnt from.
        let originality: TakeFacts.Originality?
        /// Nil without a critic, and where it is no judge of such takes.
        let human: Double?
    }

    private enum Critic {
        case unread, missing
        case ready(TakeRanker)
    }

    /// One take is judged at a time.
    let turns = JobTurns(places: 1)
    private let path: String?
    private let critic = Mutex(Critic.unread)

    /// - Parameter critic: the path of the critic's model, which is read when it is first needed; nil
    ///   for none.
    init(critic path: String?) { self.path = path }

    /// - Parameter bars: how many the new music has.
    func verdict(on take: Take, ofBars bars: Int, by voice: Voice) -> Verdict {
        Verdict(
            originality: originality(of: take, by: voice),
            human: human(take, ofBars: bars, by: voice.bundle))
    }

    private func originality(of take: Take, by voice: Voice) -> TakeFacts.Originality? {
        guard let source = voice.originality() else { return nil }
        let copies = TakeCopies(
            of: take.score, from: take.start, comparedWith: source)
        let run = copies.exact ?? copies.near
        return TakeFacts.Originality(
            notes: run?.length ?? 0, source: run.map(Self.name),
            near: copies.exact == nil && run != nil,
            phrase: CopiedRun.phrase)
    }

    private static func name(_ run: CopiedRun) -> String {
        let source = run.source
        let work = [source.composer, source.title].compactMap(\.self).joined(separator: ": ")
        return "\(work.isEmpty ? source.file : work), bar \(source.bar)"
    }

    private func human(_ take: Take, ofBars bars: Int, by model: ModelBundle) -> Double? {
        critic.withLock { critic in
            if case .unread = critic { critic = Self.read(path) }
            guard case .ready(let ranker) = critic,
                ranker.remarks(on: [take], ofBars: bars, by: model).isEmpty
            else { return nil }
            return (try? ranker.places(of: [take]))?.first?.humanProbability ?? nil
        }
    }

    private static func read(_ path: String?) -> Critic {
        guard let path, let bundle = try? ClassifierBundle(path: path, kind: .critic),
            let ranker = try? TakeRanker(forSingleTakes: bundle)
        else { return .missing }
        return .ready(ranker)
    }
}
