import MIDIFile
import Score

/// What a MIDI file holds, as `clara inspect` tells it.
public struct Inspection: Encodable, Sendable {
    /// One instrument's music.
    public struct Part: Encodable, Sendable {
        /// The track's, often empty.
        public let name: String
        /// General MIDI's name, or “Drums”.
        public let instrument: String
        /// 0…127
        public let program: Int
        public let isDrums: Bool
        public let notes: Int
        /// The lowest and the highest note, such as “C4”, middle C; drums have none.
        public let lowest: String?
        public let highest: String?
        /// Presses of the sustain pedal.
        public let pedals: Int
    }

    /// A track as the file has it; its notes may make several parts, or none.
    public struct Track: Encodable, Sendable {
        /// Often empty.
        public let name: String
        /// Of all kinds.
        public let events: Int
    }

    /// Something that holds from a place on.
    public struct Change<Value: Encodable & Sendable>: Encodable, Sendable {
        /// From 1 on; 0 in an upbeat.
        public let bar: Int
        /// From 1 on, in the meter's note value.
        public let beat: Int
        public let seconds: Double
        public let value: Value
    }

    public let file: String
    /// Such as “format 1” or “MIDI 2.0 clip”.
    public let format: String
    /// None of a MIDI 2.0 clip.
    public let tracks: [Track]
    /// Of all parts, drums included.
    public let notes: Int
    public let bars: Int
    public let seconds: Double
    public let ticksPerQuarter: Int
    /// Length of the upbeat in quarter notes; 0 where the music begins with a full bar.
    public let upbeat: Double
    /// The key that the piece begins in: the file's signature with the mode its notes suggest, or all
    /// from the notes; nil without pitched notes.
    public let key: String?
    public let parts: [Part]
    /// Quarter notes a minute.
    public let tempos: [Change<Double>]
    public let meters: [Change<String>]
    /// Key signatures as the file has them; often none.
    public let keys: [Change<String>]
    public let texts: [String]
    /// Words that are sung, syllable by syllable.
    public let lyrics: [String]
    /// Breaches of the specification and what was done about them.
    public let repairs: [String]
    /// What is legal and plays no part in what Clara does.
    public let omissions: [String]

    /// Reads a file of any kind that `MIDIFile` reads.
    ///
    /// - Parameter isStrict: whether the first breach of the specification is an error.
    /// - Throws: `MIDIFileError`.
    public init(ofFile path: String, isStrict: Bool = false) throws(MIDIFileError) {
        let (score, report, events) = try MIDIFile.readWithEvents(
            contentsOf: path, policy: isStrict ? .strict : .lenient)
        let places = Places(of: score)
        file = path
        format = events?.name ?? "MIDI 2.0 clip"
        tracks = events.map(Track.all(of:)) ?? []
        lyrics = events?.lyrics().map(\.text) ?? []
        notes = score.noteCount
        bars = score.noteCount > 0 ? score.barCount : 0
        seconds = score.seconds
        ticksPerQuarter = score.ticksPerQuarter
        let upbeat = score.meterMap.upbeat(ticksPerQuarter: score.ticksPerQuarter) ?? .zero
        self.upbeat = Double(upbeat.count) / Double(score.ticksPerQuarter)
        key = score.principalKey?.name
        parts = score.parts.map(Part.init)
        tempos = score.tempoMap.changes.map {
            places.change(at: $0.tick, to: 60e6 / Double($0.microsecondsPerQuarter))
        }
        meters = score.meterMap.changes.map {
            places.change(at: $0.tick, to: $0.meter.description)
        }
        keys = score.keyMap.changes.map { places.change(at: $0.tick, to: $0.key.name) }
        texts = score.texts
        repairs = report.repairs.map(\.description)
        omissions = report.omissions.map(\.description)
    }
}

extension EventFile {
    /// What kind of file it is, in a few words.
    fileprivate var name: String {
        let time = division.frames.map { ", \($0.ticks) ticks in 1/\($0.perSecond) s" } ?? ""
        return "format \(format.rawValue)" + (isWrapped ? " in a RIFF file" : "") + time
    }
}

extension Inspection.Track {
    fileprivate static func all(of file: EventFile) -> [Self] {
        let encoding = file.textEncoding
        return file.tracks.map { Self($0, textEncoding: encoding) }
    }

    private init(_ track: EventTrack, textEncoding: TextEncoding) {
        var (name, count) = ("", 0)
        for event in track {
            count += 1
            if name.isEmpty, case .meta(let meta) = event.event, meta.textKind == .trackName {
                name = textEncoding.text(meta.data)
            }
        }
        self.init(name: name, events: count)
    }
}

extension Inspection.Part {
    fileprivate init(_ part: Part) {
        let pitches = part.isDrums ? [] : part.notes.map(\.pitch)
        name = part.name
        instrument = part.isDrums ? "Drums" : GeneralMIDI.instrument(part.program)
        program = part.program
        isDrums = part.isDrums
        notes = part.notes.count
        lowest = pitches.min()?.name
        highest = pitches.max()?.name
        pedals = part.pedals.count
    }
}

/// Tells where in the bars and in time a tick of a score lies.
private struct Places {
    private let score: Score

    init(of score: Score) { self.score = score }

    func change<Value>(at tick: Ticks, to value: Value) -> Inspection.Change<Value> {
        let position = score.meterMap.position(of: tick, ticksPerQuarter: score.ticksPerQuarter)
        return Inspection.Change(
            bar: position.bar, beat: position.beat, seconds: score.seconds(at: tick), value: value)
    }
}
