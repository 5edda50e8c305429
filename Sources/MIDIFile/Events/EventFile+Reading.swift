#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Score

extension MIDIFile {
    /// Reads the bytes of a Standard MIDI File into its events, in time and memory proportional to
    /// their number.
    ///
    /// - Parameter name: What errors call the file.
    /// - Returns: The events, and what was repaired. Of a policy, what it says on overlapping notes does
    ///   not matter here.
    /// - Throws: `MIDIFileError` as `read(_:named:policy:)` does.
    public static func readEvents(
        _ data: Data, named name: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (file: EventFile, report: ReadingReport) {
        try readEvents(try bytes(of: data, named: name), named: name, policy: policy)
    }

    /// Reads the Standard MIDI File at a path into its events.
    ///
    /// - Throws: `MIDIFileError` as `read(contentsOf:policy:)` does.
    public static func readEvents(
        contentsOf path: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (file: EventFile, report: ReadingReport) {
        try readEvents(try bytes(ofFile: path), named: path, policy: policy)
    }

    /// Reads the file at a path once, for both its score and its events; nil are those of a MIDI 2.0 clip
    /// file, which has none of this kind.
    ///
    /// - Throws: `MIDIFileError` as `read(contentsOf:policy:)` does.
    public static func readWithEvents(
        contentsOf path: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport, events: EventFile?) {
        let bytes = try bytes(ofFile: path)
        let (score, report) = try read(bytes, named: path, policy: policy)
        let isClip = bytes.starts(with: ClipReader.header)
        return (
            score, report,
            isClip ? nil : try readEvents(bytes, named: path, policy: .lenient).file
        )
    }

    private static func readEvents(
        _ bytes: [UInt8], named name: String, policy: ReadingPolicy
    ) throws(MIDIFileError) -> (file: EventFile, report: ReadingReport) {
        let result = try EventReader.read(bytes, named: name)
        try policy.tolerance.check(result.report, of: name)
        return result
    }
}

/// Gathers a file's chunks as events.
private struct EventReader: ChunkVisitor {
    private let file: [UInt8]
    private var chunks: [EventFile.Chunk] = []
    private var trackCount = 0

    static func read(
        _ bytes: [UInt8], named name: String
    ) throws(MIDIFileError) -> (file: EventFile, report: ReadingReport) {
        var file = try FileReader(bytes, named: name)
        var reader = EventReader(file: bytes)
        let log = bytes.withUnsafeBufferPointer { file.read($0, by: &reader) }
        return (reader.eventFile(file.header), log.report)
    }

    private init(file: [UInt8]) { self.file = file }

    mutating func readTrack(
        _ number: Int, by scanner: inout TrackScanner, in bytes: UnsafeBufferPointer<UInt8>,
        log: inout ReadingLog
    ) {
        let start = scanner
        var event = scanner.next(in: bytes, log: &log)
        while event.status != 0 { event = scanner.next(in: bytes, log: &log) }
        chunks.append(
            .track(
                scanner.hasRepaired
                    ? repaired(start, in: bytes)
                    : EventTrack(
                        intact: file[start.position..<scanner.position], end: Ticks(event.tick))))
        trackCount = number
    }

    /// The events that a scanner gives, written anew.
    private func repaired(
        _ scanner: TrackScanner, in bytes: UnsafeBufferPointer<UInt8>
    ) -> EventTrack {
        var scanner = scanner
        // What there is to repair is known already.
        var unheard = ReadingLog()
        var encoder = TrackEncoder(leavesOutStatus: false)
        while let event = TimedEvent(scanner.next(in: bytes, log: &unheard), in: file[...]) {
            encoder.add(event)
        }
        return encoder.track(endingAt: Ticks(scanner.tick))
    }

    mutating func readUnknownChunk(_ range: Range<Int>, log: inout ReadingLog) {
        let data = range.lowerBound + 8..<range.upperBound
        chunks.append(
            .unknown(
                UnknownChunk(
                    letters: file[range.lowerBound..<range.lowerBound + 4], data: file[data])))
    }

    private func eventFile(_ header: FileHeader) -> EventFile {
        let format = header.format == 0 && trackCount > 1 ? 1 : header.format
        return EventFile(
            format: EventFile.Format(rawValue: format) ?? .tracks, division: header.division,
            chunks: chunks, headerExtension: file[header.extension],
            wrapper: header.payload == file.indices
                ? nil
                : RIFFWrapper(of: file, around: header.payload))
    }
}
