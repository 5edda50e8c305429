#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Score

extension MIDIFile {
    /// The events as a Standard MIDI File; as its bytes were where they were read from one.
    public static func write(_ file: EventFile) -> Data { Data(file.bytes) }

    /// Writes the events to a file, whole or not at all.
    ///
    /// - Throws: `MIDIFileError` with the system's reason; nothing is left behind then.
    public static func write(_ file: EventFile, to path: String) throws(MIDIFileError) {
        try save(file.bytes, to: path)
    }
}

extension EventFile {
    /// The same music as a score: what `MIDIFile.read` makes of the file's bytes.
    ///
    /// - Parameter name: What errors call the file.
    /// - Throws: `MIDIFileError` where the policy does not put up with an event, such as an impossible
    ///   tempo; never under the lenient one.
    public func score(
        named name: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        try MIDIFile.read(bytes, named: name, policy: policy)
    }

    var bytes: [UInt8] {
        let header = 6 + headerExtension.count
        var bytes = FileBytes.header + EventBytes.number(header, length: 4)
        for value in [format.rawValue, trackCount, Int(division.word)] {
            bytes += EventBytes.number(value, length: 2)
        }
        bytes += headerExtension
        for chunk in chunks {
            let (name, data) =
                switch chunk {
                case .track(let track): (FileBytes.track, track.bytes)
                case .unknown(let unknown): (unknown.nameBytes, unknown.data)
                }
            bytes += name
            bytes += EventBytes.number(data.count, length: 4)
            bytes += data
        }
        return wrapper?.wrap(bytes) ?? bytes
    }
}
