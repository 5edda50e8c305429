import Encodings
import Score
import Testing

/// What a continuation does to texts: fill them up, end them, and forget their beginning.
@Suite struct NotewiseCuttingTests {
    let encoding = NotewiseEncoding()

    @Test(arguments: [
        ("p20 wait5", 5, "p20 wait4 endp20 wait1"),
        ("p20 wait5", 12, "p20 wait11 endp20 wait1"),
        ("p20 wait25 wait25", 50, "p20 wait25 wait24 endp20 wait1"),
        ("p20 wait4 endp20 wait1", 5, "p20 wait4 endp20 wait1"),
        ("p20 wait4 endp20 wait1", 30, "p20 wait4 endp20 wait25 wait1"),
        ("p20 wait4 endp20 wait1 p25 wait3", 5, "p20 wait4 endp20 wait1"),
        ("p20 wait4 endp20 wait1 p25 wait3", 7, "p20 wait4 endp20 wait1 p25 wait1 endp25 wait1"),
        (
            "p20 wait4 p10 p15 endp15 p30", 5,
            "p20 wait4 p10 endp10 p15 endp15 endp20 p30 endp30 wait1"
        ),
        ("p20 wait1 endp20 p20", 2, "p20 wait1 endp20 p20 endp20 wait1"),
        ("p20 wait1", 0, ""), ("", 3, "wait3"), ("wait25 wait25", 50, "wait25 wait25"),
    ])
    func closingEndsTheMusicThere(text: String, step: Int, closed: String) throws {
        var tokens = try encoding.tokens(fromText: text)
        encoding.close(&tokens, atStep: step)
        #expect(encoding.text(for: tokens) == closed)
    }

    @Test(arguments: everyEncoding)
    func aClosedTextHasTheNotesBeforeItsEnd(encoding: NotewiseEncoding) {
        let ticksPerStep = 480 / encoding.stepsPerQuarter
        for seed in 0..<10 {
            let notes = gridNotes(encoding, seed: seed)
            var tokens = encoding.encode(score(notes)).tokens
            for step in [200, 131, 64, 1] {
                encoding.close(&tokens, atStep: step)
                let end = step * ticksPerStep
                let expected = notes.filter { $0.onset.count < end }.map {
                    note(
                        $0.pitch.number, at: $0.onset.count,
                        for: min($0.end.count, end) - $0.onset.count)
                }
                let (score, report) = encoding.decode(
                    tokens, ticksPerQuarter: 480, rule: .unlimited)
                #expect(score.parts == [Part(notes: expected)], "seed \(seed), step \(step)")
                #expect(report == DecodingReport())
                #expect(encoding.steps(of: tokens) == step)
            }
        }
    }

    @Test func recentTokensKeepTheirPlaceAndWhatSounds() throws {
        let tokens = try encoding.tokens(
            fromText: "p7 wait25 p9 wait25 p20 endp20 wait1 p21 endp9 wait2")
        #expect(encoding.recent(tokens, limit: tokens.count) == tokens)
        #expect(
            encoding.text(for: encoding.recent(tokens, limit: 3))
                == "wait25 wait25 wait1 p7 p9 p21 endp9 wait2")
        let late = try encoding.tokens(
            fromText: Array(repeating: "wait25", count: 6).joined(separator: " ")
                + " p1 endp1 wait1")
        #expect(encoding.text(for: encoding.recent(late, limit: 3)) == "wait6 p1 endp1 wait1")
    }
}
