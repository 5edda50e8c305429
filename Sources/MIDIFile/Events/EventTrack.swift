import Score

/// The events of a track in order of time, and where it ends.
///
/// It keeps the bytes of its chunk and takes them apart as it is iterated over. So it stays as small as
/// the file, and what a writer chose (which status bytes it leaves out, how many bytes a number takes)
/// comes back as it was. Two tracks are equal where their bytes are; whether they have the same events
/// tells `elementsEqual`.
public struct EventTrack: Hashable, Sendable {
    /// The events as in a track chunk, End of Track last. Without any breach of the specification.
    let bytes: ArraySlice<UInt8>
    /// Where End of Track lies.
    public let end: Ticks

    /// - Parameter bytes: those that a scanner went through without a repair.
    init(intact bytes: ArraySlice<UInt8>, end: Ticks) {
        self.bytes = bytes
        self.end = end
    }

    /// - Parameters:
    ///   - events: in any order; those of one tick stay in theirs.
    ///   - end: where the track ends; the last event where that is later.
    ///   - leavingOutStatus: whether to write running status: a channel message that follows one of the
    ///     same status leaves it out.
    public init(
        _ events: some Sequence<TimedEvent>, endingAt end: Ticks = .zero,
        leavingOutStatus: Bool = false
    ) {
        var encoder = TrackEncoder(leavesOutStatus: leavingOutStatus)
        for event in events.sorted(by: { $0.tick < $1.tick }) { encoder.add(event) }
        self = encoder.track(endingAt: end)
    }
}

extension EventTrack: Sequence {
    public struct Iterator: IteratorProtocol {
        private let bytes: ArraySlice<UInt8>
        private var scanner: TrackScanner
        private var log = ReadingLog()
        private var isAtEnd = false

        fileprivate init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            scanner = TrackScanner(0..<bytes.count)
        }

        public mutating func next() -> TimedEvent? {
            guard !isAtEnd else { return nil }
            let event = bytes.withUnsafeBufferPointer { scanner.next(in: $0, log: &log) }
            isAtEnd = event.status == 0
            return TimedEvent(event, in: bytes)
        }
    }

    public func makeIterator() -> Iterator { Iterator(bytes) }
}

extension TimedEvent {
    /// - Parameter bytes: those that were scanned, from their start; nil at the end of the track.
    init?(_ scanned: ScannedEvent, in bytes: ArraySlice<UInt8>) {
        guard let event = MIDIEvent(scanned, in: bytes) else { return nil }
        self.init(tick: Ticks(scanned.tick), event: event)
    }
}

extension MIDIEvent {
    fileprivate init?(_ scanned: ScannedEvent, in bytes: ArraySlice<UInt8>) {
        let start = bytes.startIndex
        let data = bytes[start + scanned.data.lowerBound..<start + scanned.data.upperBound]
        switch scanned.status {
        case 0xF0: self = .exclusive(data)
        case 0xF7: self = .escape(data)
        case 0xFF: self = .meta(MetaEvent(scanned: scanned.first, data))
        default:
            guard let kind = ChannelMessage.Kind(rawValue: scanned.status & 0xF0),
                let message = ChannelMessage(
                    kind, channel: scanned.status & 0x0F, scanned.first, scanned.second)
            else { return nil }
            self = .channel(message)
        }
    }
}
