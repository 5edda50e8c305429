import Encodings
import Score
import Testing

/// What the text of small scores is, at 12 steps and 480 ticks a quarter (40 ticks a step). MIDI 33
/// is p0.
@Suite struct NotewiseEncodingTests {
    let encoding = NotewiseEncoding()

    @Test(arguments: [
        ("a note of one step", [note(53, at: 0, for: 40)], "p20 endp20 wait1"),
        ("a note too short for the grid", [note(53, at: 0, for: 0)], "p20 endp20 wait1"),
        ("a length is rounded down", [note(53, at: 0, for: 119)], "p20 wait1 endp20 wait1"),
        ("an onset is rounded down", [note(53, at: 79, for: 40)], "wait1 p20 endp20 wait1"),
        (
            "the lowest and the highest key", [note(33, at: 0, for: 40), note(94, at: 0, for: 40)],
            "p0 endp0 p61 endp61 wait1"
        ),
        (
            "struck again at once", [note(53, at: 0, for: 80), note(53, at: 80, for: 40)],
            "p20 wait2 p20 endp20 wait1"
        ),
        (
            "struck again while it sounds", [note(53, at: 0, for: 400), note(53, at: 80, for: 40)],
            "p20 wait2 p20 endp20 wait1"
        ),
        (
            "struck again a step later", [note(53, at: 0, for: 40), note(53, at: 80, for: 40)],
            "p20 endp20 wait2 p20 endp20 wait1"
        ),
        (
            "ends and starts in index order",
            [note(53, at: 0, for: 160), note(65, at: 0, for: 160), note(58, at: 120, for: 40)],
            "p20 p32 wait3 endp20 p25 endp25 endp32 wait1"
        ),
        ("the longest wait", [note(53, at: 25 * 40, for: 40)], "wait25 p20 endp20 wait1"),
        ("one step more", [note(53, at: 26 * 40, for: 40)], "wait25 wait1 p20 endp20 wait1"),
        (
            "a long silence", [note(53, at: 77 * 40, for: 40)],
            "wait25 wait25 wait25 wait2 p20 endp20 wait1"
        ),
        ("nothing", [], ""),
    ])
    func theTextOf(what: String, notes: [Note], text: String) {
        #expect(encoding.text(for: encoding.encode(score(notes)).tokens) == text, "\(what)")
    }

    @Test func fourStepsAQuarterHaveShorterWaits() {
        let coarse = NotewiseEncoding(resolution: .four)
        let tokens = coarse.encode(score([note(53, at: 10 * 120, for: 240)])).tokens
        #expect(coarse.text(for: tokens) == "wait9 wait1 p20 wait1 endp20 wait1")
    }

    @Test func tripletsAndSixteenthsAreExact() {
        let notes =
            [note(60, at: 160, for: 160), note(60, at: 320, for: 160)]
            + [note(67, at: 120, for: 120), note(67, at: 360, for: 120)]
        let tokens = encoding.encode(score(notes)).tokens
        #expect(
            encoding.text(for: tokens)
                == "wait3 p34 wait1 p27 wait1 endp34 wait3 p27 wait1 p34 wait2 endp27 endp34 wait1")
    }

    @Test(arguments: everyEncoding)
    func theTextIsWhatTheGridSays(encoding: NotewiseEncoding) {
        for seed in 0..<20 {
            let score = unrulyScore(seed: seed)
            let tokens = encoding.encode(score).tokens
            #expect(encoding.text(for: tokens) == textByGrid(of: score, encoding), "seed \(seed)")
        }
    }

    @Test func theReportCountsWhatWasLost() {
        let drums = Part(
            isDrums: true, notes: [note(36, at: 0, for: 40), note(38, at: 0, for: 40)])
        let piano = Part(notes: [
            note(21, at: 0, for: 80), note(100, at: 400, for: 40), note(60, at: 0, for: 400),
        ])
        let violin = Part(
            program: 40, notes: [note(60, at: 0, for: 80), note(60, at: 200, for: 80)])
        let (tokens, report) = encoding.encode(Score(parts: [drums, piano, violin]))
        #expect(report[.drums] == 2)
        #expect(report[.folded] == 2)
        #expect(report[.merged] == 1)
        #expect(report[.shortened] == 1)
        #expect(report.encodedNotes == 4)
        #expect(encoding.noteCount(of: tokens) == 4)
        #expect(
            report.losses == [
                "2 notes of drums left out",
                "1 note left out where another strikes the same key in the same step",
                "2 notes outside the range moved by octaves",
                "1 note ended early where their key is struck again",
            ])
    }

    @Test func aStrikeSharedByPartsKeepsTheLongest() {
        let parts = [40, 160, 80].map { Part(notes: [note(53, at: 0, for: $0)]) }
        let tokens = encoding.encode(Score(parts: parts)).tokens
        #expect(encoding.text(for: tokens) == "p20 wait3 endp20 wait1")
    }

    @Test func aWholeScoreLosesNothing() {
        let report = encoding.encode(score(gridNotes(encoding, seed: 1))).report
        #expect(report.losses.isEmpty)
    }

    @Test(arguments: everyEncoding)
    func theWaitsAddUpToTheEndOfTheLastNote(encoding: NotewiseEncoding) {
        let notes = gridNotes(encoding, seed: 5)
        let tokens = encoding.encode(score(notes)).tokens
        let end = score(notes).end.count * encoding.stepsPerQuarter / 480
        #expect(encoding.steps(of: tokens) == end)
        #expect(encoding.noteCount(of: tokens) == notes.count)
    }
}
