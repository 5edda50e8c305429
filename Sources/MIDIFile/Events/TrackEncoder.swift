import Score

/// Writes events into the bytes of a track.
struct TrackEncoder {
    private var bytes = EventBytes()
    private let leavesOutStatus: Bool
    private var status: UInt8 = 0

    init(leavesOutStatus: Bool) { self.leavesOutStatus = leavesOutStatus }

    /// Adds an event, not before the last one.
    mutating func add(_ event: TimedEvent) {
        let tick = event.tick.count
        switch event.event {
        case .channel(let message):
            let canLeaveOut = leavesOutStatus && message.status == status
            let data = [message.status, message.first, message.second]
            bytes.add(data[(canLeaveOut ? 1 : 0)...message.kind.dataCount], at: tick)
            status = message.status
        case .meta(let meta):
            bytes.addMeta(meta.type, meta.data, at: tick)
            status = 0
        case .exclusive(let data):
            bytes.addExclusive(0xF0, data, at: tick)
            status = 0
        case .escape(let data):
            bytes.addExclusive(0xF7, data, at: tick)
            status = 0
        }
    }

    /// The track, ended at `end`, or at its last event where that is later.
    mutating func track(endingAt end: Ticks) -> EventTrack {
        let (bytes, last) = bytes.ended(at: end.count)
        return EventTrack(intact: bytes[...], end: Ticks(last))
    }
}
