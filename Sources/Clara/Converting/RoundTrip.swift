import Encodings
import Score

/// A piece encoded, decoded and compared with what it was; and whether the encoding's laws hold of it.
struct RoundTrip: Sendable {
    let report: EncodingReport
    let tokens: Int
    let match: NoteMatch
    /// What was decoded is encoded as the same text.
    let isCanonical: Bool
    /// The grammar, without bounds on how much a hand can hold, allows the text.
    let isPlayable: Bool

    init(of score: Score, by encoding: any MusicEncoding) {
        let (tokens, report) = encoding.encode(score)
        let decoded = encoding.decode(tokens, ticksPerQuarter: 480, rule: .unlimited).score
        self.report = report
        self.tokens = tokens.count
        match = NoteMatch(score, decoded)
        isCanonical = encoding.encode(decoded).tokens == tokens
        isPlayable = Self.isAllowed(tokens, by: encoding)
    }

    private static func isAllowed(_ tokens: [Int], by encoding: any MusicEncoding) -> Bool {
        var grammar = encoding.grammar(GrammarRules(maximumNotesAtOnce: 256))
        for token in tokens {
            guard grammar.allows(token) else { return false }
            grammar.advance(token)
        }
        return true
    }
}

/// Which notes of a piece are there again in another form of it.
struct NoteMatch: Sendable {
    /// Notes with one of the same pitch in the other, within a sixteenth of their onset.
    private(set) var found = 0
    /// How far they moved, in quarter notes.
    private(set) var onsets = Spread()
    /// How far their lengths changed, in quarter notes.
    private(set) var lengths = Spread()

    /// The farthest that a note may have moved, in quarter notes.
    private static let reach = 0.25

    private struct Place {
        let onset, length: Double
    }

    /// In time proportional to the notes, once they are in order.
    init(_ score: Score, _ other: Score) {
        let others = Self.places(of: other)
        for (pitch, places) in Self.places(of: score).enumerated() {
            var next = 0
            for place in places {
                while next < others[pitch].count,
                    others[pitch][next].onset < place.onset - Self.reach
                {
                    next += 1
                }
                guard next < others[pitch].count,
                    others[pitch][next].onset <= place.onset + Self.reach
                else { continue }
                found += 1
                onsets.add(abs(others[pitch][next].onset - place.onset))
                lengths.add(abs(others[pitch][next].length - place.length))
                next += 1
            }
        }
    }

    /// For each of the 128 pitches its notes, drums left out, in order, in quarters.
    private static func places(of score: Score) -> [[Place]] {
        var places = [[Place]](repeating: [], count: 128)
        let quarter = Double(score.ticksPerQuarter)
        for part in score.parts where !part.isDrums {
            for note in part.notes {
                places[note.pitch.number].append(
                    Place(
                        onset: Double(note.onset.count) / quarter,
                        length: Double(note.duration.count) / quarter))
            }
        }
        return places.map { $0.sorted { $0.onset < $1.onset } }
    }
}
