/// What reading a file repaired and what it left out.
public struct ReadingReport: Hashable, Sendable {
    /// Breaches of the specification, in the order found; one for each kind and track.
    public var repairs: [Repair]
    /// What is legal in a MIDI file and has no place in a `Score`; one for each kind.
    public var omissions: [Omission]

    public init(repairs: [Repair] = [], omissions: [Omission] = []) {
        self.repairs = repairs
        self.omissions = omissions
    }

    /// True when the file ends before its music does.
    public var isCutShort: Bool { repairs.contains { $0.kind == .cutShort } }
}

extension ReadingReport {
    /// One kind of damage, and what was done about it.
    public struct Repair: Hashable, Sendable, CustomStringConvertible {
        public enum Kind: Hashable, Sendable {
            // Indirect, so that the others, which a hostile file can have by the thousand, are small.
            indirect case headerLength(Int), unknownFormat(Int), frameRate(Int)
            indirect case trackCount(declared: Int, found: Int)
            case severalTracksInFormat0
            case junkBeforeHeader, junkBetweenChunks, junkAfterTracks, secondFile
            case chunkTooLong, chunkTooShort, cutShort, eventCutShort
            case missingEndOfTrack, dataAfterEndOfTrack
            case longVariableLength, timeBeyondBound
            case runningStatusAcrossMeta, dataWithoutStatus, dataByteOver127, systemMessage
            case strayRelease, unreleasedNote
            case invalidTempo, invalidMeter, invalidKey
            case missingDivision, dataAfterEndOfClip
        }

        public let kind: Kind
        // 0 for the file as a whole.
        private let trackNumber: UInt32
        private let offset: UInt32
        private var times: UInt32

        /// Counted from 1; nil for the file as a whole.
        public var track: Int? { trackNumber == 0 ? nil : Int(trackNumber) }
        /// Where in the file it happened first.
        public var byteOffset: Int { Int(offset) }
        /// How often in this track.
        public var count: Int { Int(times) }

        public init(kind: Kind, track: Int?, byteOffset: Int, count: Int = 1) {
            self.kind = kind
            trackNumber = UInt32(track ?? 0)
            offset = UInt32(byteOffset)
            times = UInt32(count)
        }

        mutating func happen(_ count: Int) { times += UInt32(count) }

        public var description: String {
            let place = track.map { "track \($0), byte \(byteOffset)" } ?? "byte \(byteOffset)"
            return "\(place): \(kind.sentence)" + (count > 1 ? ", \(count) times" : "")
        }
    }
}

extension ReadingReport.Repair.Kind {
    var sentence: String {
        switch self {
        case .junkBeforeHeader: "bytes before the header were skipped"
        case .junkBetweenChunks: "bytes between chunks were skipped"
        case .junkAfterTracks: "bytes after the last track were skipped"
        case .secondFile: "a second MIDI file begins within this one and was not read"
        case .headerLength(let length): "the header says it is \(length) bytes long; 6 were read"
        case .unknownFormat(let format): "format \(format) does not exist; read as format 1"
        case .severalTracksInFormat0: "a format 0 file has several tracks; read as format 1"
        case .trackCount(let declared, let found):
            "the header's number of tracks is \(declared), the file's \(found)"
        case .frameRate(let rate): "\(rate) is no SMPTE frame rate; taken as frames a second"
        case .chunkTooLong: "the chunk's length is too large; read up to its End of Track"
        case .chunkTooShort: "the chunk's length is too small; read on to its End of Track"
        case .cutShort: "the file ends here, before its music does"
        case .eventCutShort: "an event is longer than its track; the rest of the track was left out"
        case .missingEndOfTrack: "End of Track is missing"
        case .dataAfterEndOfTrack: "what follows End of Track was skipped"
        case .longVariableLength: "a number takes more than four bytes"
        case .timeBeyondBound: "an event lies later than can be kept; moved to the last tick"
        case .runningStatusAcrossMeta: "running status goes on across a meta or system event"
        case .dataWithoutStatus: "data without a status were skipped"
        case .dataByteOver127: "a value is over 127; a velocity was taken as 127, others left out"
        case .systemMessage: "a message that has no place in a file was skipped"
        case .strayRelease: "a release without a note was left out"
        case .unreleasedNote:
            "a note is never released; it ends with its track (left out if it begins there)"
        case .invalidTempo: "an impossible tempo was left out"
        case .invalidMeter: "an impossible meter was left out"
        case .invalidKey: "an impossible key signature was left out"
        case .missingDivision: "the clip does not tell its ticks per quarter; taken as 96"
        case .dataAfterEndOfClip: "what follows End of Clip was skipped"
        }
    }
}
