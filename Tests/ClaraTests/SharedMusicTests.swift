import Clara
import Encodings
import Foundation
import MIDIFile
import Score
import TestSupport
import Testing

/// The encoding's laws on real music.
@Suite(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
struct SharedMusicTests {
    /// Every so many files.
    private static let stride = 25

    /// With as many hands as there are keys.
    @Test func theGrammarAllowsWhatPeopleWrote() throws {
        try forEachPiece { name, encoding, tokens in
            var grammar = NotewiseGrammar(
                encoding: encoding,
                rules: GrammarRules(maximumNotesAtOnce: 127, allowsPieceEnd: true))
            for (index, token) in (tokens + [Vocabulary.pieceEnd]).enumerated() {
                guard grammar.allows(token) else {
                    Issue.record("\(name): token \(index), \(encoding.vocabulary[token])")
                    return
                }
                grammar.advance(token)
            }
            #expect(grammar.isFinished)
        }
    }

    @Test func encodingWhatWasDecodedGivesTheText() throws {
        try forEachPiece { name, encoding, tokens in
            let notes = encoding.decode(tokens, ticksPerQuarter: 480, rule: .unlimited)
                .score.parts.flatMap(\.notes)
            let again = encoding.encode(Score(parts: [Part(notes: notes)])).tokens
            #expect(again == tokens, "\(name)")
        }
    }

    private func forEachPiece(
        _ body: (String, NotewiseEncoding, [Int]) throws -> Void
    ) throws {
        let folder = try #require(SharedData.folder) + "/piano"
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        let files = (names ?? []).filter { $0.hasSuffix(".mid") }.sorted()
        #expect(files.count > 1000)
        let encodings = [
            NotewiseEncoding(), NotewiseEncoding(range: .keys88, resolution: .four),
        ]
        for index in Swift.stride(from: 0, to: files.count, by: Self.stride) {
            let score = try MIDIFile.read(contentsOf: folder + "/" + files[index]).score
            for encoding in encodings {
                try body(files[index], encoding, encoding.encode(score).tokens)
            }
        }
    }
}
