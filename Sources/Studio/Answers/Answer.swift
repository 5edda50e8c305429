import Clara
import Hummingbird
import Score

/// A job's takes on their way to the tree and to the client that asked for them.
struct Answer: Sendable {
    let store: SessionStore
    let session: StudioSession
    let parent: String
    let fromBar: Int
    let request: TakeRequest
    let writer: TakeWriter
    let parts: TakeParts
    /// The piece before the takes.
    let piece: PathPiece

    private var job: TakeJob { writer.job }

    /// Starts the job, and tells of it until it is over. A complete take is saved before it is told.
    ///
    /// - Throws: what `send` throws, when the client is gone; the job is cancelled then.
    func run(send: (ByteBuffer) async throws -> Void) async throws {
        Background.thread { [writer] in writer.run() }
        defer { job.cancel() }
        var events = ServerSentEvents()
        events.add(
            "begun",
            TakeEvents.Begun(
                job: job.id,
                seeds: writer.settings.origins.compactMap {
                    if case .seed(let seed) = $0 { seed } else { nil }
                }, parts: session.parts))
        if let buffer = events.take() { try await send(buffer) }
        var nodes: [Int: StudioNode] = [:]
        for await _ in job.mailbox.bell {
            try await tell(job.mailbox.takeAll(), &nodes, &events, send)
        }
        try Task.checkCancellation()
        try await tell(job.mailbox.takeAll(), &nodes, &events, send)
        events.add("end", TakeEvents.End(cancelled: job.isCancelled))
        if let buffer = events.take() { try await send(buffer) }
    }

    private func tell(
        _ happened: [TakeJob.Event], _ nodes: inout [Int: StudioNode],
        _ events: inout ServerSentEvents, _ send: (ByteBuffer) async throws -> Void
    ) async throws {
        for event in happened {
            switch event {
            case .music(let notes, let tempos, let take, let tick):
                events.add("notes", told(notes, tempos, take: take, at: tick))
            case .complete(let take, let index):
                // Notes go out before the disk is waited for.
                if let buffer = events.take() { try await send(buffer) }
                do {
                    let node = try await saveWithPatience(take)
                    nodes[index] = node
                    events.add("take", TakeEvents.Whole(take: index, node: node))
                } catch {
                    events.add("failed", TakeEvents.Failed(message: "\(StudioError(error))"))
                }
            case .judged(let index, let originality, let human):
                guard let node = nodes[index] else { continue }
                await note(originality, human, of: node)
                events.add(
                    "judged",
                    TakeEvents.Judged(
                        take: index, node: node.id, originality: originality, human: human))
            case .failed(let message):
                events.add("failed", TakeEvents.Failed(message: message))
            }
        }
        if let buffer = events.take() { try await send(buffer) }
    }

    private func told(
        _ notes: [WrittenNote], _ tempos: [TempoMap.Change], take: Int, at tick: Ticks
    ) -> TakeEvents.Notes {
        let offset = Quarters.quarters(writer.offset)
        return TakeEvents.Notes(
            take: take,
            notes: notes.compactMap { written in
                guard let part = parts.place(of: written.part) else { return nil }
                var note = StudioNote(written.note, part: part)
                note.onset += offset
                return TakeEvents.Note(note, id: written.id, isOpen: written.isOpen)
            },
            tempos: tempos.map {
                StudioTempo(
                    onset: Quarters.quarters($0.tick) + offset, tempo: $0.quartersPerMinute)
            },
            bar: max(fromBar, piece.bars(before: tick + writer.offset)), of: lastBar)
    }

    private var lastBar: Int { fromBar + request.barCount - 1 }

    /// A take cannot be had again from the client, so another program may keep it waiting for longer.
    private func saveWithPatience(_ take: Take) async throws -> StudioNode {
        for _ in 0..<2 {
            do {
                return try await save(take)
            } catch {
                guard StudioError(error) == .locked else { throw error }
            }
        }
        return try await save(take)
    }

    private func save(_ take: Take) async throws -> StudioNode {
        let music = NodeMusic(of: take.score, from: take.start, parts: parts.places(in: take.score))
            .shifted(by: Quarters.quarters(writer.offset))
        return try await store.add(
            NodeDraft(
                parent: parent, kind: .take, fromBar: fromBar, bars: bars(of: take),
                music: music, take: request.facts(of: take, voice: writer.voice),
                parts: session.parts),
            to: session.id)
    }

    /// By its own meters, the prompt's later ones among them.
    private func bars(of take: Take) -> Int {
        let (meters, resolution) = (take.score.meterMap, take.score.ticksPerQuarter)
        return meters.barCount(before: take.end, ticksPerQuarter: resolution)
            - meters.barCount(before: take.start, ticksPerQuarter: resolution)
    }

    /// A verdict that cannot be saved is told all the same.
    private func note(
        _ originality: TakeFacts.Originality?, _ human: Double?, of node: StudioNode
    ) async {
        var change = NodeChange()
        change.take = node.take
        change.take?.originality = originality
        change.take?.human = human
        _ = try? await store.change(node.id, in: session.id, change)
    }
}
