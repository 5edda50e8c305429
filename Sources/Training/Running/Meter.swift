/// Nats and tokens since the last reading.
struct Meter {
    struct Reading {
        let natsPerToken: Double
        let tokensPerSecond: Double
    }

    private var nats = 0.0
    private var tokens = 0
    private var start: ContinuousClock.Instant

    init(start: ContinuousClock.Instant) { self.start = start }

    mutating func count(nats: Double, tokens: Int) {
        self.nats += nats
        self.tokens += tokens
    }

    mutating func read(at now: ContinuousClock.Instant) -> Reading {
        defer { (nats, tokens, start) = (0, 0, now) }
        return Reading(
            natsPerToken: nats / Double(max(1, tokens)),
            tokensPerSecond: Double(tokens) / max(1e-9, (now - start) / .seconds(1)))
    }
}
