import Encodings
import Files
import MIDIFile
import Score

/// MIDI files ⇄ text in one of Clara's encodings: the use case behind `clara encode` and
/// `clara decode`.
public struct TextConverter: Sendable {
    /// A piece as text.
    public struct Text: Hashable, Sendable {
        /// Words separated by one space, without a line end.
        public let text: String
        public let notes: Int
        public let tokens: Int
        /// What was repaired, left out or changed, one phrase for each kind.
        public let losses: [String]
    }

    /// A text as a piece.
    public struct Music: Hashable, Sendable {
        public let score: Score
        /// What the text lacked and what was assumed, one phrase for each kind.
        public let repairs: [String]

        /// Writes a MIDI file, whole or not at all.
        ///
        /// - Throws: `MIDIFileError` with the system's reason.
        public func write(to path: String) throws { try MIDIFile.write(score, to: path) }
    }

    /// How long a note lasts.
    public enum Releases: String, Hashable, Sendable, CaseIterable {
        /// Until its release, however far away; 12 steps without one. Keeps all that was encoded.
        case unlimited
        /// As Clara's own program did it: until its release, looked for in 200 tokens, else 12 steps.
        case clara
    }

    private static let ticksPerQuarter = 480
    /// The encoding of texts unless another is named.
    public static let standard = "notewise-62-12"

    private let name: EncodingName

    /// - Parameter encoding: a name such as "notewise-62-12".
    public init(encoding: String = standard) throws(ConversionError) {
        guard let name = EncodingName(encoding) else {
            throw .unknownEncoding(encoding, known: EncodingName.examples)
        }
        self.name = name
    }

    /// Reads a MIDI file as text.
    ///
    /// - Throws: `MIDIFileError`, also when the file is cut short; `ConversionError` when it has no
    ///   notes besides drums.
    public func text(ofFile path: String) throws -> Text {
        let (score, reading) = try MIDIFile.read(contentsOf: path, policy: .complete)
        let encoding = name.encoding(for: [score])
        let (tokens, report) = encoding.encode(score)
        guard report.encodedNotes > 0 else { throw ConversionError.noNotes(file: path) }
        return Text(
            text: encoding.text(for: tokens), notes: report.encodedNotes,
            tokens: tokens.count,
            losses: reading.repairs.map(\.description) + reading.omissions.map(\.description)
                + report.losses)
    }

    /// Reads a text as music.
    ///
    /// - Parameters:
    ///   - text: words of this encoding, separated by white space.
    ///   - name: what errors call the text.
    ///   - tempo: how fast it goes where the text does not tell.
    public func music(
        ofText text: String, named name: String, tempo: Tempo = .standard,
        releases: Releases = .unlimited
    ) throws(ConversionError) -> Music {
        let encoding = self.name.encoding(forText: text)
        let tokens: [Int]
        do {
            tokens = try encoding.tokens(fromText: text)
        } catch {
            throw .wrongWord(file: name, error)
        }
        var (score, report) = encoding.decode(
            tokens, ticksPerQuarter: Self.ticksPerQuarter,
            rule: releases == .clara ? .clara : .unlimited)
        guard score.noteCount > 0 else { throw .noNotes(file: name) }
        if encoding.neverHeld.contains(.tempo) {
            score.tempoMap = TempoMap([
                TempoMap.Change(
                    tick: .zero, microsecondsPerQuarter: tempo.microsecondsPerQuarter)
            ])
        }
        return Music(score: score, repairs: report.repairs)
    }

    /// The same of a text file.
    ///
    /// - Parameter path: “-” for standard input.
    public func music(
        ofFile path: String, tempo: Tempo = .standard, releases: Releases = .unlimited
    ) throws(ConversionError) -> Music {
        let limit = MIDIFile.maximumFileSize
        let name = path == "-" ? "standard input" : path
        let bytes: [UInt8]
        do {
            bytes =
                try path == "-"
                ? WholeFile.bytesOfStandardInput(limit: limit)
                : WholeFile.bytes(of: path, limit: limit)
        } catch {
            throw .unreadable(file: name, reason: "\(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable(file: name, reason: "it is not text")
        }
        return try music(ofText: text, named: name, tempo: tempo, releases: releases)
    }
}
