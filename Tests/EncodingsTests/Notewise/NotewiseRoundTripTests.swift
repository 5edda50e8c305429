import Encodings
import Score
import Testing

/// The laws, for an encoding E with its decoder D and its text T:
/// 1. D(E(s)) has exactly the notes of s if they lie on the grid and inside the range, no two of a
///    pitch overlap, and f divides the ticks per quarter. (Under Clara's rule also: if no release
///    lies more than 200 tokens after its start.)
/// 2. E(D(t)) = t for every canonical text t, that is for every t = E(s).
/// 3. T⁻¹(T(t)) = t for every sequence of ids.
@Suite struct NotewiseRoundTripTests {
    @Test(arguments: everyEncoding)
    func decodingAnEncodedScoreGivesItsNotes(encoding: NotewiseEncoding) {
        for seed in 0..<10 {
            let notes = gridNotes(encoding, seed: seed)
            let tokens = encoding.encode(score(notes)).tokens
            let (decoded, report) = encoding.notes(of: tokens, rule: .unlimited)
            #expect(decoded == notes, "seed \(seed)")
            #expect(report == DecodingReport())
        }
    }

    @Test(arguments: everyEncoding)
    func encodingADecodedTextGivesTheText(encoding: NotewiseEncoding) {
        for seed in 0..<10 {
            let tokens = encoding.encode(unrulyScore(seed: seed)).tokens
            let notes = encoding.notes(of: tokens, rule: .unlimited).notes
            #expect(encoding.encode(score(notes)).tokens == tokens, "seed \(seed)")
        }
    }

    @Test(arguments: everyEncoding)
    func textKeepsEveryToken(encoding: NotewiseEncoding) throws {
        let tokens = randomTokens(encoding, seed: 3, count: 500)
        #expect(try encoding.tokens(fromText: encoding.text(for: tokens)) == tokens)
    }

    @Test func clarasExampleIsReadByHerRule() throws {
        let encoding = NotewiseEncoding()
        let tokens = try encoding.tokens(fromText: "p20 p32 wait3 endp20 p25 endp32 wait12")
        let (notes, report) = encoding.notes(of: tokens)
        #expect(
            notes == [
                note(53, at: 0, for: 160), note(65, at: 0, for: 160), note(58, at: 120, for: 480),
            ])
        #expect(report[.unreleased] == 1)
        #expect(report[.unmatched] == 0)
        let again = encoding.encode(score(notes)).tokens
        #expect(
            encoding.text(for: again) == "p20 p32 wait3 endp20 p25 endp32 wait11 endp25 wait1")
    }

    @Test func aReleaseCountsUpToTwoHundredTokensAhead() throws {
        let encoding = NotewiseEncoding()
        for (waits, length, unreleased) in [(199, 200, 0), (200, 12, 1)] {
            let text = "p20 " + String(repeating: "wait1 ", count: waits) + "endp20 wait1"
            let tokens = try encoding.tokens(fromText: text)
            let (notes, report) = encoding.notes(of: tokens)
            #expect(notes == [note(53, at: 0, for: length * 40)])
            #expect(report[.unreleased] == unreleased)
            #expect(report[.unmatched] == unreleased)
            #expect(
                encoding.notes(of: tokens, rule: .unlimited).notes
                    == [note(53, at: 0, for: (waits + 1) * 40)])
        }
    }

    @Test(arguments: [
        ("p20 wait5 p20 wait2 endp20 wait1", [(0, 5), (5, 3)]),
        ("p20 wait5 p20 wait2", [(0, 5), (5, 12)]),
        ("p20 wait3 endp20 p20 endp20 wait1", [(0, 3), (3, 1)]),
        ("p20 endp20 p20 wait4 endp20 wait1", [(0, 5)]),
        ("p20 p20 wait4 endp20 wait1", [(0, 5)]),
        ("endp20 wait2 p20 endp20 endp20 wait1", [(2, 1)]),
        ("<start> p20 wait2 <end> endp20", [(0, 3)]),
        ("wait25 wait25", []),
    ])
    func irregularTextsHaveADefinedMeaning(text: String, strikes: [(Int, Int)]) throws {
        let encoding = NotewiseEncoding()
        let notes = encoding.notes(of: try encoding.tokens(fromText: text)).notes
        #expect(notes == strikes.map { note(53, at: $0.0 * 40, for: $0.1 * 40) })
    }

    @Test(arguments: everyEncoding)
    func everySequenceOfTokensDecodes(encoding: NotewiseEncoding) {
        for seed in 0..<30 {
            let tokens = randomTokens(encoding, seed: seed, count: 600)
            for rule in [
                ReleaseRule.clara, .unlimited, ReleaseRule(defaultLength: 1, tokensAhead: 0),
            ] {
                let (notes, report) = encoding.notes(of: tokens, rule: rule)
                #expect(notes.allSatisfy { $0.duration > .zero })
                #expect(notes.count + report[.repeated] == encoding.noteCount(of: tokens))
                // No two notes of a pitch overlap, so that encoding them loses nothing.
                #expect(encoding.encode(score(notes)).report.losses.isEmpty)
            }
        }
    }

    @Test(arguments: [13, 100, 1000, 32_767])
    func onsetsKeepTheirStepWhenTicksDoNotDivide(ticksPerQuarter: Int) {
        let encoding = NotewiseEncoding()
        let tokens = encoding.encode(score(gridNotes(encoding, seed: 2))).tokens
        let notes = encoding.notes(of: tokens, ticksPerQuarter: ticksPerQuarter, rule: .unlimited)
            .notes
        let again = encoding.encode(score(notes, ticksPerQuarter: ticksPerQuarter))
        let onsets = { (tokens: [Int]) in
            encoding.notes(of: tokens, rule: .unlimited).notes.map {
                [$0.onset.count, $0.pitch.number]
            }
        }
        #expect(onsets(again.tokens) == onsets(tokens))
        #expect(again.report.losses.isEmpty)
    }

    @Test func decodingReportsInSentences() throws {
        let encoding = NotewiseEncoding()
        let tokens = try encoding.tokens(fromText: "endp3 p20 p20 wait1 endp1")
        #expect(
            encoding.notes(of: tokens).report.repairs == [
                "1 repeated start in one step ignored", "2 releases without a note ignored",
                "1 note without a release given the default length",
            ])
    }

    @Test(arguments: [
        ("p0 p62", 1, "p62"), ("P20", 0, "P20"), ("p20  wait26", 1, "wait26"),
        ("wait1 v20 wait1", 1, "v20"), ("p20,wait1", 0, "p20,wait1"), ("wait0", 0, "wait0"),
        ("p١", 0, "p١"), ("p020", 0, "p020"),
    ])
    func aWrongWordIsNamedWithItsPlace(text: String, position: Int, word: String) {
        let encoding = NotewiseEncoding()
        let error = #expect(throws: UnknownWordError.self) {
            try encoding.tokens(fromText: text)
        }
        #expect(error?.position == position)
        #expect(error?.word == word)
        #expect(
            error?.description
                == "word \(position + 1), “\(word)”, is not in the encoding, which has <start>, <end>, "
                + "p0…p61, endp0…endp61, wait1…wait25; correct it or name the encoding that the text "
                + "is in")
    }

    @Test func linesAndTabsSeparateWordsToo() throws {
        let encoding = NotewiseEncoding()
        let tokens = try encoding.tokens(fromText: "\n p20\twait3\r\nendp20 wait1\n")
        #expect(encoding.text(for: tokens) == "p20 wait3 endp20 wait1")
        #expect(try encoding.tokens(fromText: " \n").isEmpty)
    }
}
