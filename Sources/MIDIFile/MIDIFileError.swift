/// Why a file could not be read or written. Its description is one line: what, where, what to do.
public struct MIDIFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The file has no bytes.
        case empty
        /// Its first bytes are those of another kind of file, such as "a JPEG picture".
        case otherKind(String)
        /// There is no MIDI header among its bytes.
        case noHeader(fileSize: Int)
        /// It starts with a track; without a header its ticks have no meaning.
        case tracksWithoutHeader
        /// The file ends within its header of 14 bytes.
        case headerCutShort(fileSize: Int)
        /// The header's division (ticks per quarter, or SMPTE frames) is zero.
        case invalidDivision(byteOffset: Int)
        /// The file ends before its music does; only where the policy does not put up with it.
        case cutShort(ReadingReport.Repair)
        /// Something would have had to be repaired, under the strict policy.
        case damaged(ReadingReport.Repair)
        case folder
        /// More than `MIDIFile.maximumFileSize` bytes.
        case tooLarge
        /// The system's reason.
        case unreadable(String)
        /// The system's reason.
        case unwritable(String)
    }

    /// The path or name as it was given.
    public let file: String
    public let reason: Reason

    public init(file: String, reason: Reason) {
        self.file = file
        self.reason = reason
    }

    public var description: String {
        switch reason {
        case .empty:
            "\(file): is empty; \(Self.giveMIDI)"
        case .otherKind(let kind):
            "\(file): is \(kind), not a MIDI file; \(Self.giveMIDI)"
        case .noHeader(let size):
            "\(file): is not a MIDI file, as there is no MThd in its \(size) bytes; \(Self.giveMIDI)"
        case .tracksWithoutHeader:
            "\(file): has no MIDI header before its first track, so its timing is lost; \(Self.again)"
        case .headerCutShort(let size):
            "\(file): is cut short, at byte \(size), within its header; \(Self.again)"
        case .invalidDivision(let offset):
            "\(file): gives its ticks no length (zero at byte \(offset)); \(Self.again)"
        case .cutShort(let repair):
            "\(file): is cut short (\(repair)); \(Self.again)"
        case .damaged(let repair):
            "\(file): is damaged (\(repair)); read it leniently, or export it again"
        case .folder:
            "\(file): is a folder; name a file in it"
        case .tooLarge:
            "\(file): is larger than \(MIDIFile.maximumFileSize >> 20) MiB; \(Self.giveMIDI)"
        case .unreadable(let why):
            "\(file): cannot be read: \(why); check the path and its permissions"
        case .unwritable(let why):
            "\(file): cannot be written: \(why); choose another place, or make room there"
        }
    }

    private static let giveMIDI = "give a Standard MIDI File (.mid)"
    private static let again = "export or fetch it again"
}
