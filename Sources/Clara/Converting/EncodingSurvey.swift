import Encodings
import Files
import MIDIFile
import Score

/// What an encoding keeps of a collection of music, and what it loses: every piece is encoded, decoded
/// and compared with itself.
public struct EncodingSurvey: Encodable, Sendable {
    /// A kind of loss, and how many notes it befell.
    public struct Loss: Encodable, Hashable, Sendable {
        /// Such as "folded".
        public let name: String
        /// What follows "3 notes" in a sentence.
        public let phrase: String
        public let notes: Int
    }

    public let encoding: String
    /// Pieces that were encoded.
    public let pieces: Int
    /// In all parts, drums included.
    public let notes: Int
    /// Notes that are in the texts.
    public let encodedNotes: Int
    /// Notes that are there again after decoding, at their pitch and within a sixteenth of their onset.
    public let foundNotes: Int
    /// Of the notes that were found: how far their onsets moved.
    public let onsetError: Spread
    /// Of the same notes: how far their lengths changed.
    public let lengthError: Spread
    public let tokens: Int
    /// Words of the vocabulary, "<start>" and "<end>" among them.
    public let words: Int
    public let losses: [Loss]
    /// What no text of the encoding holds, such as "velocity".
    public let neverHeld: [String]
    /// Pieces whose text, decoded and encoded again, is another.
    public let uncanonical: [String]
    /// Pieces whose text the grammar does not allow.
    public let unplayable: [String]

    public var tokensPerNote: Double {
        encodedNotes > 0 ? Double(tokens) / Double(encodedNotes) : 0
    }
}

/// Mean and largest of many distances.
public struct Spread: Encodable, Hashable, Sendable {
    /// In quarter notes.
    public private(set) var mean = 0.0
    public private(set) var largest = 0.0
    private var count = 0

    init() {}

    mutating func add(_ distance: Double) {
        count += 1
        mean += (distance - mean) / Double(count)
        largest = max(largest, distance)
    }

    mutating func merge(_ other: Spread) {
        guard other.count > 0 else { return }
        let sum = mean * Double(count) + other.mean * Double(other.count)
        count += other.count
        mean = sum / Double(count)
        largest = max(largest, other.largest)
    }

    private enum CodingKeys: String, CodingKey { case mean, largest }
}

extension EncodingSurvey {
    /// The pieces below some folders, to be surveyed in one encoding after the other.
    public struct Music: Sendable {
        fileprivate let pieces: [(name: String, score: Score)]
        /// Files that could not be read.
        public let skipped: [Corpus.Skipped]

        /// Reads in parallel, on all cores.
        ///
        /// - Parameter progress: called from several threads with the number of files read and of all.
        /// - Throws: `CorpusError` where a path does not exist or no file can be read.
        public init(
            _ paths: [String], progress: @Sendable (Int, Int) -> Void = { _, _ in }
        ) throws(CorpusError) {
            let files = try Corpus.files(in: paths)
            let results = files.concurrentMap(progress: progress) { file in
                Result { try MIDIFile.read(contentsOf: file).score }
            }
            var pieces: [(String, Score)] = []
            var skipped: [Corpus.Skipped] = []
            for (file, result) in zip(files, results) {
                switch result {
                case .success(let score): pieces.append((file, score))
                case .failure(let error):
                    skipped.append(Corpus.Skipped(path: file, reason: error.reason(without: file)))
                }
            }
            guard !pieces.isEmpty else { throw .noPieces(paths: paths, skipped: skipped) }
            self.pieces = pieces
            self.skipped = skipped
        }
    }

    /// Surveys all pieces in an encoding, on all cores; one that takes its words from music takes them
    /// from these pieces.
    ///
    /// - Parameter progress: called from several threads with the number of pieces done and of all.
    /// - Throws: `ConversionError` where there is no such encoding.
    public init(
        of music: Music, encoding name: String,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(ConversionError) {
        guard let known = EncodingName(name) else {
            throw .unknownEncoding(name, known: EncodingName.examples)
        }
        let encoding = known.encoding(for: music.pieces.lazy.map(\.score))
        let outcomes = music.pieces.concurrentMap(progress: progress) { piece in
            RoundTrip(of: piece.score, by: encoding)
        }
        var report = EncodingReport()
        var (onsets, lengths) = (Spread(), Spread())
        for outcome in outcomes {
            report.merge(outcome.report)
            onsets.merge(outcome.match.onsets)
            lengths.merge(outcome.match.lengths)
        }
        func names(_ isBroken: (RoundTrip) -> Bool) -> [String] {
            zip(music.pieces, outcomes).filter { isBroken($1) }.map(\.0.name)
        }
        self.encoding = name
        pieces = outcomes.count
        notes = music.pieces.reduce(0) { $0 + $1.score.noteCount }
        encodedNotes = report.encodedNotes
        foundNotes = outcomes.reduce(0) { $0 + $1.match.found }
        onsetError = onsets
        lengthError = lengths
        tokens = outcomes.reduce(0) { $0 + $1.tokens }
        words = encoding.vocabulary.count
        losses = report.kinds.map {
            Loss(name: $0.name, phrase: $0.phrase, notes: report[$0])
        }
        neverHeld = encoding.neverHeld.map(\.rawValue)
        uncanonical = names { !$0.isCanonical }
        unplayable = names { !$0.isPlayable }
    }
}
