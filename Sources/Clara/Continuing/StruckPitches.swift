import Encodings
import Score

/// Which notes each token of an encoding strikes, whatever comes before it.
package struct StruckPitches: Sendable {
    /// For each token MIDI note numbers, a bit each; 0 for those that strike nothing.
    private let byToken: [UInt128]

    package subscript(token: Int) -> UInt128 { byToken[token] }

    /// Programs of a piano and a violin: all instruments that encodings tell apart.
    private static let programs = [0, 40]

    package init(_ encoding: any MusicEncoding) {
        var pitches = encoding.vocabulary.words.indices.map { token in
            Self.pitches(of: [token], in: encoding)
        }
        // Where a note takes several tokens, as its key and its length, alone none of them strikes it.
        // The texts of two notes differ first in the one that says which key it is.
        for program in Self.programs {
            let texts = (0..<128).map { Self.text(ofNote: $0, program: program, in: encoding) }
            for (text, other) in zip(texts, texts.dropFirst() + texts.prefix(1)) {
                let differing = zip(text, other).first(where: !=)
                if let (token, _) = differing, pitches[token] == 0 {
                    pitches[token] = Self.pitches(of: text, in: encoding)
                }
            }
        }
        byToken = pitches
    }

    private static func pitches(of tokens: [Int], in encoding: any MusicEncoding) -> UInt128 {
        encoding.decode(tokens, ticksPerQuarter: 480, rule: .unlimited).score.parts
            .flatMap(\.notes).reduce(0) { $0 | 1 << UInt128($1.pitch.number) }
    }

    private static func text(
        ofNote number: Int, program: Int, in encoding: any MusicEncoding
    ) -> [Int] {
        guard let pitch = Pitch(number) else { preconditionFailure("\(number) is a pitch") }
        let note = Note(pitch: pitch, onset: .zero, duration: Ticks(480))
        return encoding.encode(Score(parts: [Part(program: program, notes: [note])])).tokens
    }
}
