/// One event as its bytes tell it.
struct ScannedEvent {
    /// Since the start of the track.
    let tick: Int
    /// Where its delta time begins.
    let offset: Int
    /// 0x80…0xEF, 0xF0, 0xF7 or 0xFF; 0 stands for the end of the track.
    let status: UInt8
    /// The first data byte, or the type of a meta event.
    let first: UInt8
    /// The second data byte; 0 where there is none.
    let second: UInt8
    /// Where the data of a meta or system event lie.
    let data: Range<Int>
}

/// Takes a track's bytes apart into events: the one parser that scores and event files share.
///
/// Breaches are repaired and logged; the events that come out are all well formed. End of Track is no
/// event but the end. A scanner holds no bytes, so that it stays a small value without references:
/// every call gets the same bytes, which must reach to the limit.
struct TrackScanner {
    /// Where the next event begins; never past `limit`.
    private(set) var position: Int
    private let limit: Int
    /// Whether the file ends before the track's chunk does.
    private let endsBeforeItsChunk: Bool
    private let latestTick: Int
    private(set) var tick = 0
    /// The status that an event without one has; 0 where there is none.
    private var status: UInt8 = 0
    /// The last status that a meta or system event ended, as the specification has it; 0 for none.
    private var staleStatus: UInt8 = 0
    private(set) var hasEndOfTrack = false
    /// Whether something was repaired, so that the events are not quite what the bytes say.
    private(set) var hasRepaired = false

    init(_ range: Range<Int>, endsBeforeItsChunk: Bool = false, latestTick: Int = .max) {
        position = range.lowerBound
        limit = range.upperBound
        self.endsBeforeItsChunk = endsBeforeItsChunk
        self.latestTick = latestTick
    }

    /// The next event. After the end of the track it must not be asked again.
    @inline(__always)
    mutating func next(
        in bytes: UnsafeBufferPointer<UInt8>, log: inout ReadingLog
    ) -> ScannedEvent {
        // Five bytes hold an intact channel event with a delta time of two, which most are. All else,
        // and these near the end, is for the careful way.
        let start = position
        if limit - start >= 5 {
            var place = start + 1
            var delta = Int(bytes[start])
            if delta >= 0x80 {
                let low = bytes[place]
                if low >= 0x80 { return nextCarefully(in: bytes, log: &log) }
                delta = (delta & 0x7F) << 7 | Int(low)
                place += 1
            }
            var status = status
            var first = bytes[place]
            if first >= 0x80 {
                status = first
                first = bytes[place + 1]
                place += 1
            }
            let hasTwo = status & 0xE0 != 0xC0
            let second = hasTwo ? bytes[place + 1] : 0
            let tick = tick + delta
            let isChannelEvent = status &- 0x80 < 0x70
            if isChannelEvent, (first | second) < 0x80, tick <= latestTick {
                position = place + (hasTwo ? 2 : 1)
                self.tick = tick
                self.status = status
                return ScannedEvent(
                    tick: tick, offset: start, status: status, first: first, second: second,
                    data: 0..<0)
            }
        }
        return nextCarefully(in: bytes, log: &log)
    }

    @inline(never)
    private mutating func nextCarefully(
        in bytes: UnsafeBufferPointer<UInt8>, log: inout ReadingLog
    ) -> ScannedEvent {
        while position < limit {
            let start = position
            guard let delta = nextNumber(in: bytes, log: &log, at: start) else {
                return cutShort(at: start, &log)
            }
            advance(by: delta, at: start, &log)
            if status == 0, staleStatus == 0, skipsData(in: bytes, at: start, &log),
                position == limit
            {
                continue
            }
            guard let byte = nextByte(in: bytes) else { return cutShort(at: start, &log) }
            let event =
                switch byte {
                case 0x00..<0xF0: channelEvent(byte, in: bytes, at: start, &log)
                case 0xFF: metaEvent(in: bytes, at: start, &log)
                case 0xF0, 0xF7: exclusive(byte, in: bytes, at: start, &log)
                default: systemMessage(byte, at: start, &log)
                }
            if let event { return event }
        }
        repair(endsBeforeItsChunk ? .cutShort : .missingEndOfTrack, at: position, &log)
        return end(at: position)
    }
}

extension TrackScanner {
    private mutating func repair(
        _ kind: ReadingReport.Repair.Kind, at offset: Int, _ log: inout ReadingLog
    ) {
        hasRepaired = true
        log.repair(kind, at: offset)
    }

    private func end(at offset: Int) -> ScannedEvent {
        ScannedEvent(tick: tick, offset: offset, status: 0, first: 0, second: 0, data: 0..<0)
    }

    private mutating func cutShort(at offset: Int, _ log: inout ReadingLog) -> ScannedEvent {
        repair(endsBeforeItsChunk ? .cutShort : .eventCutShort, at: offset, &log)
        position = limit
        return end(at: offset)
    }

    private mutating func nextByte(in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard position < limit else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// A variable-length quantity; nil where the track ends within it. Values stop at 2³¹ − 1, however
    /// many bytes there are.
    private mutating func nextNumber(
        in bytes: UnsafeBufferPointer<UInt8>, log: inout ReadingLog, at offset: Int
    ) -> Int? {
        let start = position
        var value = 0
        while let byte = nextByte(in: bytes) {
            value = min(value << 7 | Int(byte & 0x7F), Int(Int32.max))
            if byte < 0x80 {
                if position - start > 4 { repair(.longVariableLength, at: offset, &log) }
                return value
            }
        }
        return nil
    }

    private mutating func advance(by delta: Int, at offset: Int, _ log: inout ReadingLog) {
        tick += delta
        if tick > latestTick {
            tick = latestTick
            repair(.timeBeyondBound, at: offset, &log)
        }
    }

    /// Skips data where no status says what they mean; false where there are none.
    private mutating func skipsData(
        in bytes: UnsafeBufferPointer<UInt8>, at offset: Int, _ log: inout ReadingLog
    ) -> Bool {
        guard position < limit, bytes[position] < 0x80 else { return false }
        repair(.dataWithoutStatus, at: offset, &log)
        while position < limit, bytes[position] < 0x80 { position += 1 }
        return true
    }

    /// A channel event, whose first byte is its status or, where that is left out, its first data
    /// byte. Nil where its data are impossible.
    private mutating func channelEvent(
        _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, at offset: Int,
        _ log: inout ReadingLog
    ) -> ScannedEvent? {
        var first: UInt8? = byte
        if byte >= 0x80 {
            status = byte
            first = nextByte(in: bytes)
        } else if status == 0 {
            repair(.runningStatusAcrossMeta, at: offset, &log)
            status = staleStatus
        }
        let hasTwo = status & 0xE0 != 0xC0
        guard let first, var second = hasTwo ? nextByte(in: bytes) : 0 else {
            return cutShort(at: offset, &log)
        }
        if (first | second) >= 0x80 {
            repair(.dataByteOver127, at: offset, &log)
            guard first < 0x80, status & 0xE0 == 0x80 else { return nil }
            second = 127
        }
        return ScannedEvent(
            tick: tick, offset: offset, status: status, first: first, second: second, data: 0..<0)
    }

    private mutating func endRunningStatus() {
        if status != 0 { staleStatus = status }
        status = 0
    }

    /// A meta event, after its FF; End of Track is the end.
    private mutating func metaEvent(
        in bytes: UnsafeBufferPointer<UInt8>, at offset: Int, _ log: inout ReadingLog
    ) -> ScannedEvent {
        endRunningStatus()
        guard let type = nextByte(in: bytes),
            let length = nextNumber(in: bytes, log: &log, at: offset), length <= limit - position
        else { return cutShort(at: offset, &log) }
        let data = position..<position + length
        position += length
        if type == 0x2F {
            hasEndOfTrack = true
            return end(at: offset)
        }
        return ScannedEvent(
            tick: tick, offset: offset, status: 0xFF, first: type, second: 0, data: data)
    }

    /// A system exclusive or an escape. Where its length is past the track, it ends with its F7.
    private mutating func exclusive(
        _ status: UInt8, in bytes: UnsafeBufferPointer<UInt8>, at offset: Int,
        _ log: inout ReadingLog
    ) -> ScannedEvent {
        endRunningStatus()
        guard var length = nextNumber(in: bytes, log: &log, at: offset) else {
            return cutShort(at: offset, &log)
        }
        if length > limit - position {
            let rest = bytes[position..<limit]
            guard !endsBeforeItsChunk, let close = rest.firstIndex(of: 0xF7) else {
                return cutShort(at: offset, &log)
            }
            repair(.eventCutShort, at: offset, &log)
            length = close + 1 - position
        }
        let data = position..<position + length
        position += length
        return ScannedEvent(
            tick: tick, offset: offset, status: status, first: 0, second: 0, data: data)
    }

    /// Skips a message that live MIDI has and files have not. Nil unless the track ends within it.
    private mutating func systemMessage(
        _ status: UInt8, at offset: Int, _ log: inout ReadingLog
    ) -> ScannedEvent? {
        endRunningStatus()
        repair(.systemMessage, at: offset, &log)
        let dataCount =
            switch status {
            case 0xF1, 0xF3: 1
            case 0xF2: 2
            default: 0
            }
        guard limit - position >= dataCount else { return cutShort(at: offset, &log) }
        position += dataCount
        return nil
    }
}
