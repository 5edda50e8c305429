import Encodings
import Score
import Testing

@Suite struct NotewiseTransposingTests {
    let encoding = NotewiseEncoding()

    func transposed(_ text: String, by semitones: Int) throws -> String {
        encoding.text(for: encoding.transpose(try encoding.tokens(fromText: text), by: semitones))
    }

    @Test(arguments: [
        ("p20 p32 wait3 endp20 p25 endp32 wait12", 6, "p26 p38 wait3 endp26 p31 endp38 wait12"),
        ("p20 wait3 endp20 wait1", -5, "p15 wait3 endp15 wait1"),
        ("p2 p20 wait3 endp2 wait1 endp20 wait1", -3, "p17 wait4 endp17 wait1"),
        ("p60 endp60 wait1 p20 endp20 wait1", 2, "wait1 p22 endp22 wait1"),
        (
            "p20 endp20 wait20 p0 endp0 wait20 p20 endp20 wait1", -1,
            "p19 endp19 wait25 wait15 p19 endp19 wait1"
        ),
        ("p0 endp0 wait1", -1, "wait1"),
        ("<start> p0 wait25 wait25 endp0 wait1 <end>", -1, "<start> wait25 wait25 wait1 <end>"),
        ("p20 wait3 endp20 wait1", .max, "wait4"), ("p20 wait3 endp20 wait1", .min, "wait4"),
    ])
    func theTextTransposed(text: String, semitones: Int, expected: String) throws {
        #expect(try transposed(text, by: semitones) == expected)
    }

    @Test(arguments: everyEncoding)
    func transposingTheTextIsTransposingTheNotes(encoding: NotewiseEncoding) {
        for semitones in TwelveKeys.shifts {
            let notes = gridNotes(encoding, seed: semitones + 5, edge: 6)
            let moved = notes.map {
                note($0.pitch.number + semitones, at: $0.onset.count, for: $0.duration.count)
            }
            let tokens = encoding.encode(score(notes)).tokens
            #expect(
                encoding.transpose(tokens, by: semitones) == encoding.encode(score(moved)).tokens)
        }
    }

    @Test(arguments: everyEncoding)
    func edgeNotesGoWithTheirReleasesAndTimeStays(encoding: NotewiseEncoding) {
        let notes = gridNotes(encoding, seed: 9)
        let tokens = encoding.encode(score(notes)).tokens
        let range =
            encoding.grid.range.lowest..<encoding.grid.range.lowest + encoding.grid.range.count
        for semitones in TwelveKeys.shifts {
            let moved = encoding.transpose(tokens, by: semitones)
            let (decoded, report) = encoding.notes(of: moved, rule: .unlimited)
            let expected = notes.filter { range.contains($0.pitch.number + semitones) }
                .map {
                    note($0.pitch.number + semitones, at: $0.onset.count, for: $0.duration.count)
                }
            #expect(decoded == expected)
            #expect(report == DecodingReport())
            #expect(encoding.steps(of: moved) == encoding.steps(of: tokens))
        }
    }

    @Test func thereAndBackIsTheSameAwayFromTheEdges() {
        let tokens = encoding.encode(score(gridNotes(encoding, seed: 4, edge: 6))).tokens
        for semitones in TwelveKeys.shifts {
            let moved = encoding.transpose(tokens, by: semitones)
            #expect(encoding.transpose(moved, by: -semitones) == tokens)
        }
    }

    @Test func theAugmentationReachesAllTwelveKeys() {
        #expect(TwelveKeys.shifts.count == 12)
    }
}
