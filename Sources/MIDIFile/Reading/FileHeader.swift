import Score

/// What the MThd chunk says, made usable.
struct FileHeader {
    let format: Int
    let trackCount: Int
    let trackCountOffset: Int
    let division: TimeDivision
    /// Where the header goes on after its six bytes.
    let `extension`: Range<Int>
    /// The file, or the part of it that a RIFF wrapper holds.
    let payload: Range<Int>
    /// Where the chunks after the header begin, and where the file or its RIFF chunk ends.
    let body: Range<Int>

    init(_ file: inout FileBytes, named name: String, log: inout ReadingLog)
        throws(MIDIFileError)
    {
        func failure(_ reason: MIDIFileError.Reason) -> MIDIFileError {
            MIDIFileError(file: name, reason: reason)
        }
        let size = file.all.count
        guard size > 0 else { throw failure(.empty) }
        let range = Self.payload(of: &file)
        guard let start = try Self.start(&file, in: range, failure) else {
            throw failure(.noHeader(fileSize: size))
        }
        guard range.upperBound - start >= 14 else {
            throw failure(.headerCutShort(fileSize: size))
        }
        if start > range.lowerBound { log.repair(.junkBeforeHeader, at: range.lowerBound) }

        let format = file.number(at: start + 8, length: 2)
        self.format = format > 2 ? 1 : format
        if format > 2 { log.repair(.unknownFormat(format), at: start + 8) }
        trackCountOffset = start + 10
        trackCount = file.number(at: trackCountOffset, length: 2)
        let division = file.number(at: start + 12, length: 2)
        guard let division = TimeDivision(word: division) else {
            throw failure(.invalidDivision(byteOffset: start + 12))
        }
        self.division = division
        if let rate = division.frames?.perSecond, ![24, 25, 29, 30].contains(rate) {
            log.repair(.frameRate(rate), at: start + 12)
        }
        payload = range
        let end = range.upperBound
        body = Self.bodyStart(file, header: start, end: end, log: &log)..<end
        `extension` = start + 14..<body.lowerBound
    }

    /// The bytes of the MIDI file proper: those in a RIFF RMID wrapper, or all.
    private static func payload(of file: inout FileBytes) -> Range<Int> {
        let all = 0..<file.all.count
        guard file.has(Array("RIFF".utf8), at: 0), file.has(Array("RMID".utf8), at: 8) else {
            return all
        }
        var offset = 12
        while all.upperBound - offset >= 8 {
            let length = file.littleEndianNumber(at: offset + 4)
            let start = offset + 8
            if file.has(Array("data".utf8), at: offset) {
                return start..<min(start + length, all.upperBound)
            }
            offset = start + length + length % 2
        }
        return all
    }

    private static func start(
        _ file: inout FileBytes, in range: Range<Int>,
        _ failure: (MIDIFileError.Reason) -> MIDIFileError
    ) throws(MIDIFileError) -> Int? {
        if file.has(FileBytes.header, at: range.lowerBound) { return range.lowerBound }
        if FileBytes.header.starts(with: file.all) {
            throw failure(.headerCutShort(fileSize: file.all.count))
        }
        if let kind = OtherFileKind.name(of: file.all) { throw failure(.otherKind(kind)) }
        if let start = file.find(FileBytes.header, in: range) { return start }
        if file.has(FileBytes.track, at: range.lowerBound) {
            throw failure(.tracksWithoutHeader)
        }
        return nil
    }

    private static func bodyStart(
        _ file: FileBytes, header: Int, end: Int, log: inout ReadingLog
    ) -> Int {
        let length = file.number(at: header + 4, length: 4)
        let declared = header + 8 + length
        if length >= 6, declared <= end,
            length == 6 || !file.has(FileBytes.track, at: header + 14)
        {
            return declared
        }
        log.repair(.headerLength(length), at: header + 4)
        return header + 14
    }
}
