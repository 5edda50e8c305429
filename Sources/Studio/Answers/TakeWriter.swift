import Clara
import Encodings
import Score

/// Writes the takes of one job, on a thread of its own.
struct TakeWriter: Sendable {
    let job: TakeJob
    let turns: JobTurns
    let voice: Voice
    let settings: ContinuationSettings
    /// The piece before the takes.
    let prompt: Score
    /// Where they begin.
    let start: Ticks
    let isOriginal: Bool
    /// Nil where nobody wants to know what becomes of them.
    let judge: TakeJudge?

    /// How long a job goes on while others wait that are as urgent.
    private static let share = Duration.milliseconds(8)

    /// Whether there is nothing to continue.
    var isFromNothing: Bool { Self.isEmpty(prompt) }

    static func isEmpty(_ prompt: Score) -> Bool {
        prompt.parts.allSatisfy { $0.isDrums || $0.notes.isEmpty }
    }

    /// By how much later than in the takes' scores their music is.
    var offset: Ticks { isFromNothing ? start : .zero }

    /// Writes and judges; whatever happens is told in the mailbox, which is closed then.
    func run() {
        defer { job.mailbox.close() }
        var takes: [(index: Int, take: Take)] = []
        let bars: Int
        do {
            bars = try write { takes.append(($0, $1)) }
        } catch is CancellationError {
            return
        } catch {
            job.mailbox.post(.failed(StudioError(error).description))
            return
        }
        guard let judge else { return }
        Background.yieldToOthers()
        for (index, take) in takes {
            // Not among the turns of those that write, since a verdict is not interrupted.
            judge.turns.begin(.afterwards)
            defer { judge.turns.end() }
            // While it waited, whoever asked may have gone.
            guard !job.isCancelled else { return }
            let verdict = judge.verdict(on: take, ofBars: bars, by: voice)
            job.mailbox.post(
                .judged(take: index, verdict.originality, human: verdict.human))
        }
    }

    /// - Returns: how many bars a take has.
    private func write(_ keep: (Int, Take) -> Void) throws -> Int {
        defer { job.endWriting() }
        turns.begin(.firstNote)
        defer { turns.end() }
        if job.isCancelled { throw CancellationError() }
        let continuation = try continuation()
        var urgency = JobTurns.Urgency.firstNote
        var since = ContinuousClock.now
        try continuation.follow {
            if turns.pass(urgency, hasHadShare: ContinuousClock.now - since > Self.share) {
                since = .now
            }
            return job.isCancelled
        } report: { event in
            switch event {
            case .music(let notes, let tempos, let take, let tick):
                job.mailbox.post(.music(notes, tempos, take: take, at: tick))
                if !notes.isEmpty { urgency = .music }
            case .complete(let take, let index):
                keep(index, take)
                job.mailbox.post(.complete(take, take: index))
            }
        }
        return continuation.bars
    }

    private func continuation() throws -> Continuation {
        let original = isOriginal ? voice.originality() : nil
        if isFromNothing {
            let tempo = prompt.tempoMap.change(at: start)
            return try Continuation(
                composingIn: prompt.meterMap.change(at: start).meter,
                tempo: Tempo(quartersPerMinute: tempo.quartersPerMinute), by: voice.bundle,
                settings: settings, original: original, memory: voice.memory)
        }
        return try Continuation(
            of: prompt, named: "The piece", at: start, by: voice.bundle, settings: settings,
            original: original, memory: voice.memory)
    }
}
