/// What is made of a file's chunks as they are read: a score, or its events.
protocol ChunkVisitor {
    /// Takes in a track: all events that `scanner` gives.
    ///
    /// - Parameter number: counted from 1.
    mutating func readTrack(
        _ number: Int, by scanner: inout TrackScanner, in bytes: UnsafeBufferPointer<UInt8>,
        log: inout ReadingLog)

    /// Takes in a chunk of a kind we do not know; `range` begins with its name.
    mutating func readUnknownChunk(_ range: Range<Int>, log: inout ReadingLog)
}

/// Goes from chunk to chunk, trusting a length only where what follows bears it out.
struct FileReader {
    /// As many as a header can announce.
    static let maximumTrackCount = 0xFFFF

    private var file: FileBytes
    let header: FileHeader
    private(set) var log = ReadingLog()
    private let latestTick: Int
    private var trackCount = 0

    init(_ bytes: [UInt8], named name: String) throws(MIDIFileError) {
        file = FileBytes(bytes)
        header = try FileHeader(&file, named: name, log: &log)
        latestTick = MIDIFile.latestTick(ticksPerQuarter: header.division.quarter.ticks).count
    }

    /// Gives all chunks to `visitor`, and then says what is odd about the file as a whole.
    ///
    /// - Parameter bytes: those of the file.
    mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, by visitor: inout some ChunkVisitor
    ) -> ReadingLog {
        readChunks(bytes, &visitor)
        log.beginTrack(nil)
        if header.format == 0, trackCount > 1 {
            log.repair(.severalTracksInFormat0, at: header.body.lowerBound)
        }
        if header.trackCount != trackCount {
            log.repair(
                .trackCount(declared: header.trackCount, found: trackCount),
                at: header.trackCountOffset)
        }
        return log
    }

    private mutating func readChunks(
        _ bytes: UnsafeBufferPointer<UInt8>, _ visitor: inout some ChunkVisitor
    ) {
        let end = header.body.upperBound
        var offset = header.body.lowerBound
        while offset < end {
            log.beginTrack(nil)
            if trackCount == Self.maximumTrackCount {
                log.repair(.junkAfterTracks, at: offset)
                return
            } else if end - offset >= 8, file.has(FileBytes.track, at: offset) {
                offset = readTrackChunk(at: offset, end: end, bytes, &visitor)
            } else if file.has(FileBytes.header, at: offset) {
                log.repair(.secondFile, at: offset)
                return
            } else if let next = endOfUnknownChunk(at: offset, end: end) {
                visitor.readUnknownChunk(offset..<next, log: &log)
                offset = next
            } else {
                offset = skipJunk(at: offset, end: end)
            }
        }
    }

    /// Where the chunk of a kind we do not know ends; nil when there is none at `offset`.
    private func endOfUnknownChunk(at offset: Int, end: Int) -> Int? {
        guard end - offset >= 8,
            file.all[offset..<offset + 4].allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        let next = offset + 8 + file.number(at: offset + 4, length: 4)
        return next <= end ? next : nil
    }

    /// The next track, or the end.
    private mutating func skipJunk(at offset: Int, end: Int) -> Int {
        let next = file.find(FileBytes.track, in: offset + 1..<end)
        log.repair(next == nil ? afterTracks(at: offset) : .junkBetweenChunks, at: offset)
        return next ?? end
    }

    /// What bytes that are no chunk are: where a track is still to come and they begin like one,
    /// the file is cut short.
    private func afterTracks(at offset: Int) -> ReadingReport.Repair.Kind {
        let head = file.all[offset..<header.body.upperBound].prefix(4)
        let isStart = trackCount < header.trackCount && FileBytes.track.starts(with: head)
        return isStart ? .cutShort : .junkAfterTracks
    }

    /// Reads a track chunk and returns where the next chunk begins.
    private mutating func readTrackChunk(
        at offset: Int, end: Int, _ bytes: UnsafeBufferPointer<UInt8>,
        _ visitor: inout some ChunkVisitor
    ) -> Int {
        let start = offset + 8
        let declared = start + file.number(at: offset + 4, length: 4)
        let limit = limit(ofTrackFrom: start, declared: declared, end: end)
        var scanner = TrackScanner(
            start..<limit, endsBeforeItsChunk: declared > end,
            latestTick: latestTick)
        trackCount += 1
        log.beginTrack(trackCount)
        visitor.readTrack(trackCount, by: &scanner, in: bytes, log: &log)

        let stopped = scanner.position
        if stopped > declared { log.repair(.chunkTooShort, at: offset + 4) }
        let next = file.find(FileBytes.track, in: stopped..<limit)
        if next != nil || (declared > end && scanner.hasEndOfTrack) {
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
            file.has(FileBytes.track, at: declared)
            || endOfUnknownChunk(at: declared, end: end) != nil
            || (declared - 3 >= start && file.has(FileBytes.endOfTrack, at: declared - 3))
        if isBorneOut { return declared }
        let next = file.find(FileBytes.track, in: declared..<end) ?? end
        let from = max(start, declared - 2)
        let endOfTrack = file.find(FileBytes.endOfTrack, in: from..<max(from, next - 2))
        return endOfTrack.map { $0 + 3 } ?? declared
    }
}
