extension FileReader {
    /// Reads events up to End of Track, the end of the bytes, or an event that does not fit.
    mutating func readEvents() {
        while cursor.position < cursor.limit {
            let start = cursor.position
            guard let delta = cursor.nextVariableLength() else { return cutShort(at: start) }
            if delta.length > 4 { log.repair(.longVariableLength, at: start) }
            advance(by: delta.value, at: start)
            guard let byte = cursor.next() else { return cutShort(at: start) }
            let goesOn =
                switch byte {
                case 0x00..<0x80: readRunning(data: byte, at: start)
                case 0x80..<0xF0: readChannelEvent(status: byte, at: start)
                case 0xFF: readMeta(at: start)
                default: readSystem(byte, at: start)
                }
            if !goesOn { return }
        }
        if endsBeforeItsChunk {
            log.repair(.cutShort, at: cursor.position)
        } else {
            log.repair(.missingEndOfTrack, at: cursor.position)
        }
    }

    mutating func cutShort(at offset: Int) {
        log.repair(endsBeforeItsChunk ? .cutShort : .eventCutShort, at: offset)
        cursor.position = cursor.limit
    }

    private mutating func advance(by delta: Int, at offset: Int) {
        tick += delta
        if tick > latestTick {
            tick = latestTick
            log.repair(.timeBeyondBound, at: offset)
        }
    }

    /// A channel event that leaves out its status byte.
    private mutating func readRunning(data: UInt8, at offset: Int) -> Bool {
        guard status != 0 else { return skipToStatus(at: offset) }
        if statusIsStale {
            log.repair(.runningStatusAcrossMeta, at: offset)
            statusIsStale = false
        }
        return readData(first: data, at: offset)
    }

    /// Skips data that belong to no event.
    private mutating func skipToStatus(at offset: Int) -> Bool {
        log.repair(.dataWithoutStatus, at: offset)
        while cursor.position < cursor.limit, cursor.bytes[cursor.position] < 0x80 {
            cursor.position += 1
        }
        guard let byte = cursor.next() else { return true }
        return switch byte {
        case 0x80..<0xF0: readChannelEvent(status: byte, at: offset)
        case 0xFF: readMeta(at: offset)
        default: readSystem(byte, at: offset)
        }
    }

    private mutating func readChannelEvent(status: UInt8, at offset: Int) -> Bool {
        self.status = status
        statusIsStale = false
        guard let first = cursor.next() else {
            cutShort(at: offset)
            return false
        }
        return readData(first: first, at: offset)
    }

    /// The rest of a channel event, whose first data byte is known.
    private mutating func readData(first: UInt8, at offset: Int) -> Bool {
        let hasTwo = status & 0xE0 != 0xC0
        var second: UInt8 = 0
        if hasTwo {
            guard let byte = cursor.next() else {
                cutShort(at: offset)
                return false
            }
            second = byte
        }
        if (first | second) & 0x80 != 0 {
            log.repair(.dataByteOver127, at: offset)
            guard first < 0x80, status & 0xE0 == 0x80 else { return true }
            second = 127
        }
        perform(Int(first), second, at: offset)
        return true
    }

    private mutating func perform(_ first: Int, _ second: UInt8, at offset: Int) {
        let channel = Int(status & 0x0F)
        switch status & 0xF0 {
        case 0x90 where second > 0:
            notes.strike(pitch: first, velocity: second, channel: channel, tick: tick)
        case 0x80, 0x90:
            if !notes.release(pitch: first, channel: channel, tick: tick) {
                log.repair(.strayRelease, at: offset)
            }
        case 0xA0, 0xD0: log.omit(.aftertouch)
        case 0xB0:
            if first == 64 {
                pedals.move(
                    channel: channel, to: second, track: trackCount,
                    program: notes.program(ofChannel: channel), tick: tick)
            } else {
                log.omit(.controllers)
            }
            if first == 120 || first == 123 { notes.releaseAll(channel: channel, tick: tick) }
        case 0xC0: notes.setProgram(first, channel: channel)
        default: log.omit(.pitchBends)
        }
    }

    /// A system exclusive, or a message that live MIDI has and files have not.
    private mutating func readSystem(_ byte: UInt8, at offset: Int) -> Bool {
        statusIsStale = true
        if byte == 0xF0 || byte == 0xF7 { return readExclusive(at: offset) }
        log.repair(.systemMessage, at: offset)
        let dataCount =
            switch byte {
            case 0xF1, 0xF3: 1
            case 0xF2: 2
            default: 0
            }
        guard cursor.remaining >= dataCount else {
            cutShort(at: offset)
            return false
        }
        cursor.position += dataCount
        return true
    }

    /// Skips a system exclusive; where its length is past the track, up to its closing F7.
    private mutating func readExclusive(at offset: Int) -> Bool {
        guard let length = cursor.nextVariableLength() else {
            cutShort(at: offset)
            return false
        }
        log.omit(.systemExclusives)
        if length.value <= cursor.remaining {
            cursor.position += length.value
            return true
        }
        let rest = cursor.position..<cursor.limit
        guard !endsBeforeItsChunk, let close = cursor.find([0xF7], in: rest) else {
            cutShort(at: offset)
            return false
        }
        log.repair(.eventCutShort, at: offset)
        cursor.position = close + 1
        return true
    }
}
