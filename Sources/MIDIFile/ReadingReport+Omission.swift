extension ReadingReport {
    /// Something legal that was left out, because a `Score` does not hold it.
    public struct Omission: Hashable, Sendable, CustomStringConvertible {
        public enum Kind: Int, Hashable, Sendable, CaseIterable {
            /// Presses of the sustain pedal on channels that play no notes.
            case sustainPedal
            case controllers, pitchBends, aftertouch, systemExclusives
            /// Texts after tick 0, lyrics, markers, cues and instrument names.
            case texts
            /// Ports, channel prefixes, SMPTE offsets, sequencers' own events and unknown ones.
            case otherMetaEvents
            case unknownChunks
            case namesOfSilentTracks
            /// Notes that end where their pitch is struck again.
            case overlappingNotes
            /// Notes of parts past the 65,534 that a file can have.
            case notesOfFurtherParts
            /// Tempo changes that have no effect: in a file timed by SMPTE frames, and in the
            /// sequences after the first of a format 2 file.
            case tempoChanges
            /// Meter changes and key signatures in the sequences after the first of a format 2 file.
            case meterChanges, keySignatures
            /// Sequences of a format 2 file laid side by side.
            case independentSequences
        }

        public let kind: Kind
        public let count: Int

        public init(kind: Kind, count: Int) {
            self.kind = kind
            self.count = count
        }

        public var description: String {
            let (one, many, what) = kind.words
            return "\(count) \(count == 1 ? one : many) \(what)"
        }
    }
}

extension ReadingReport.Omission.Kind {
    var words: (one: String, many: String, what: String) {
        let left = "left out"
        return switch self {
        case .sustainPedal:
            ("press", "presses", "of the sustain pedal without notes left out")
        case .controllers: ("controller event", "controller events", left)
        case .pitchBends: ("pitch bend", "pitch bends", left)
        case .aftertouch: ("aftertouch event", "aftertouch events", left)
        case .systemExclusives: ("system exclusive", "system exclusives", left)
        case .texts: ("lyric, marker or later text", "lyrics, markers or later texts", left)
        case .otherMetaEvents: ("other meta event", "other meta events", left)
        case .unknownChunks: ("unknown chunk", "unknown chunks", left)
        case .namesOfSilentTracks: ("name of a track", "names of tracks", "without notes left out")
        case .overlappingNotes: ("note", "notes", "ended early by a new strike of the same pitch")
        case .notesOfFurtherParts: ("note", "notes", "of further parts left out")
        case .tempoChanges: ("tempo change", "tempo changes", "without effect left out")
        case .meterChanges: ("meter change", "meter changes", "without effect left out")
        case .keySignatures: ("key signature", "key signatures", "without effect left out")
        case .independentSequences:
            ("independent sequence", "independent sequences", "laid side by side")
        }
    }
}
