extension FileReader {
    /// As many as a header can announce.
    private static let maximumTrackCount = 0xFFFF

    /// Goes from chunk to chunk, trusting a length only where what follows bears it out.
    mutating func readChunks() {
        let end = header.body.upperBound
        var offset = header.body.lowerBound
        while offset < end {
            log.beginTrack(nil)
            if trackCount == Self.maximumTrackCount {
                log.repair(.junkAfterTracks, at: offset)
                return
            } else if end - offset >= 8, cursor.has(ByteCursor.track, at: offset) {
                offset = readTrackChunk(at: offset, end: end)
            } else if cursor.has(ByteCursor.header, at: offset) {
                log.repair(.secondFile, at: offset)
                return
            } else if let next = endOfUnknownChunk(at: offset, end: end) {
                log.omit(.unknownChunks)
                offset = next
            } else {
                offset = skipJunk(at: offset, end: end)
            }
        }
    }

    /// Where the chunk of a kind we do not know ends; nil when there is none at `offset`.
    private func endOfUnknownChunk(at offset: Int, end: Int) -> Int? {
        guard end - offset >= 8,
            cursor.bytes[offset..<offset + 4].allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        let next = offset + 8 + cursor.number(at: offset + 4, length: 4)
        return next <= end ? next : nil
    }

    /// The next track, or the end.
    private mutating func skipJunk(at offset: Int, end: Int) -> Int {
        let next = cursor.find(ByteCursor.track, in: offset + 1..<end)
        log.repair(next == nil ? afterTracks(at: offset) : .junkBetweenChunks, at: offset)
        return next ?? end
    }

    /// What bytes that are no chunk are: where a track is still to come and they begin like one,
    /// the file is cut short.
    private func afterTracks(at offset: Int) -> ReadingReport.Repair.Kind {
        let head = cursor.bytes[offset..<header.body.upperBound].prefix(4)
        let isStart = trackCount < header.trackCount && ByteCursor.track.starts(with: head)
        return isStart ? .cutShort : .junkAfterTracks
    }

    /// Reads a track chunk and returns where the next chunk begins.
    private mutating func readTrackChunk(at offset: Int, end: Int) -> Int {
        let start = offset + 8
        let declared = start + cursor.number(at: offset + 4, length: 4)
        let limit = limit(ofTrackFrom: start, declared: declared, end: end)
        cursor.position = start
        cursor.limit = limit
        endsBeforeItsChunk = declared > end
        readTrack()

        let stopped = cursor.position
        if stopped > declared { log.repair(.chunkTooShort, at: offset + 4) }
        let next = cursor.find(ByteCursor.track, in: stopped..<limit)
        if next != nil || (declared > end && hasEndOfTrack) {
            log.repair(.chunkTooLong, at: offset + 4)
        }
        if let next { return next }
        // After a chunk that claims too much, what is left is junk behind the last track.
        if declared > end { return stopped }
        if stopped < limit { log.repair(.dataAfterEndOfTrack, at: stopped) }
        return limit
    }

    /// Where the events of a track end: where its chunk says, unless that is past the file, or in
    /// the middle of events that go on to an End of Track.
    private mutating func limit(ofTrackFrom start: Int, declared: Int, end: Int) -> Int {
        if declared >= end { return end }
        let isBorneOut =
            cursor.has(ByteCursor.track, at: declared)
            || endOfUnknownChunk(at: declared, end: end) != nil
            || (declared - 3 >= start && cursor.has(ByteCursor.endOfTrack, at: declared - 3))
        if isBorneOut { return declared }
        let next = cursor.find(ByteCursor.track, in: declared..<end) ?? end
        let from = max(start, declared - 2)
        let endOfTrack = cursor.find(ByteCursor.endOfTrack, in: from..<max(from, next - 2))
        return endOfTrack.map { $0 + 3 } ?? declared
    }
}
