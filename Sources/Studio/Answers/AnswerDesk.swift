import Clara
import Hummingbird
import Score

/// Takes in what is asked for and begins the jobs.
struct AnswerDesk: Sendable {
    let store: SessionStore
    let voices: VoiceShelf
    let judge: TakeJudge
    let turns: JobTurns
    let jobs: JobBoard
    let limits: StudioLimits

    /// Everything that can be wrong with a request is found out here.
    ///
    /// - Throws: `StudioError`.
    func begin(
        _ request: TakeRequest, after node: String, in session: String
    ) async throws -> Answer {
        let voice = try await voices.voice(named: request.voice ?? VoiceShelf.standard)
        // So that the later takes' seeds are legal too.
        let settings = try request.settings(
            of: voice, seed: Int.random(in: 1..<1_000_000), limits: limits)
        var (facts, path) = try await store.path(to: node, in: session)
        let whole = PathPiece(facts, path: path)
        let fromBar = try (request.fromBar ?? WholeNumber(whole.bars + 1))
            .within(1...limits.lastBar, "fromBar")
        let start = try MusicCheck.start(ofBar: fromBar, in: whole.before(bar: fromBar))
        try await store.checkRoom(forTakes: settings.origins.count, in: session)
        let job = try jobs.begin()
        let missing = TakeParts.missing(voice.instruments, in: facts.parts)
        if !missing.isEmpty { facts = try await store.addParts(missing, to: session) }
        let piece = PathPiece(facts, path: path).before(bar: fromBar)
        let prompt = piece.score
        return Answer(
            store: store, session: facts, parent: node, fromBar: fromBar, request: request,
            writer: TakeWriter(
                job: job, turns: turns, voice: voice, settings: settings, prompt: prompt,
                start: start, isOriginal: request.original ?? false,
                judge: request.judge ?? true ? judge : nil),
            parts: TakeParts(facts.parts, prompt: prompt), piece: piece)
    }
}
