import Score

/// A Standard MIDI File as events: all that it holds, to be looked through, changed and written again.
///
/// A file whose reading needed no repair is written byte for byte as it was, with its running status,
/// its numbers of needless length, the order of its chunks, those of unknown kinds, a longer header, and
/// its RIFF wrapping (of which only wrong lengths are put right). A file that was repaired is written
/// repaired: its chunks have their true lengths, junk is gone, and in a track where something was
/// repaired every event has its status byte. Either way, what is written reads as the same events.
public struct EventFile: Hashable, Sendable {
    /// What the tracks are to each other.
    public enum Format: Int, Hashable, Sendable {
        /// One track (format 0).
        case singleTrack
        /// Tracks that sound together (format 1).
        case tracks
        /// Tracks that are pieces of their own (format 2).
        case sequences
    }

    /// A piece of the file.
    public enum Chunk: Hashable, Sendable {
        case track(EventTrack)
        case unknown(UnknownChunk)
    }

    public let format: Format
    public let division: TimeDivision
    public let chunks: [Chunk]
    /// What the header holds after its six bytes; nothing, as a rule.
    public let headerExtension: ArraySlice<UInt8>
    let wrapper: RIFFWrapper?

    /// - Parameter chunks: with at most 65,535 tracks, one in format 0.
    public init(
        format: Format = .tracks, division: TimeDivision, chunks: [Chunk],
        headerExtension: ArraySlice<UInt8> = []
    ) {
        self.init(
            format: format, division: division, chunks: chunks, headerExtension: headerExtension,
            wrapper: nil)
    }

    init(
        format: Format, division: TimeDivision, chunks: [Chunk],
        headerExtension: ArraySlice<UInt8>, wrapper: RIFFWrapper?
    ) {
        self.format = format
        self.division = division
        self.chunks = chunks
        self.headerExtension = headerExtension
        self.wrapper = wrapper
        precondition(
            trackCount <= (format == .singleTrack ? 1 : FileReader.maximumTrackCount),
            "more tracks than the format has")
    }

    public var tracks: [EventTrack] { chunks.compactMap(\.track) }

    var trackCount: Int { chunks.reduce(0) { $0 + ($1.track == nil ? 0 : 1) } }

    /// Whether the file is wrapped in a RIFF file (.rmi).
    public var isWrapped: Bool { wrapper != nil }
}

extension EventFile.Chunk {
    /// Nil where the chunk is of another kind.
    public var track: EventTrack? {
        if case .track(let track) = self { track } else { nil }
    }
}

/// A chunk of a kind that Standard MIDI Files 1.0 does not tell of.
public struct UnknownChunk: Hashable, Sendable {
    private let letters: UInt32
    public let data: ArraySlice<UInt8>

    /// Returns nil unless the name is four printable characters of ASCII, neither MThd nor MTrk.
    public init?(name: String, data: ArraySlice<UInt8>) {
        guard name.utf8.count == 4, name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
            name != "MThd", name != "MTrk"
        else { return nil }
        self.init(letters: Array(name.utf8)[...], data: data)
    }

    init(letters: ArraySlice<UInt8>, data: ArraySlice<UInt8>) {
        self.letters = letters.reduce(0) { $0 << 8 | UInt32($1) }
        self.data = data
    }

    public var name: String { String(decoding: nameBytes, as: UTF8.self) }

    var nameBytes: [UInt8] { EventBytes.number(Int(letters), length: 4) }
}
