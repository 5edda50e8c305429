import Notation
import Score
import Testing

struct RhythmTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let meter: (Int, Int)
        let notes: [(pitch: Int, onset: Double, length: Double)]
        let bar: String

        init(
            _ name: String, _ meter: (Int, Int), _ notes: [(Double, Double)], _ bar: String
        ) {
            self.name = name
            self.meter = meter
            self.notes = notes.map { (72, $0.0, $0.1) }
            self.bar = bar
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("whole bar", (4, 4), [(0, 4)], "C5:w"),
        Case("dotted half and quarter", (4, 4), [(0, 3), (3, 1)], "C5:h. C5:q"),
        Case("quarter, half, quarter", (4, 4), [(0, 1), (1, 2), (3, 1)], "C5:q C5:h C5:q"),
        Case(
            "the middle of 4/4 is seen", (4, 4), [(0, 1.5), (1.5, 1), (2.5, 1.5)],
            "C5:q. C5:e~ C5:e C5:q."),
        Case("syncopation", (2, 4), [(0, 0.5), (0.5, 1), (1.5, 0.5)], "C5:e C5:q C5:e"),
        Case("dotted rhythm", (2, 4), [(0, 0.75), (0.75, 0.25), (1, 1)], "C5:e. C5:s C5:q"),
        Case("double dots", (2, 4), [(0, 1.75), (1.75, 0.25)], "C5:q.. C5:s"),
        Case("two beats of 3/4", (3, 4), [(0, 1), (1, 2)], "C5:q C5:h"),
        Case(
            "dotted quarter on two of 3/4", (3, 4), [(0, 1), (1, 1.5), (2.5, 0.5)],
            "C5:q C5:q. C5:e"),
        Case("6/8 in two beats", (6, 8), [(0, 1), (1, 0.5), (1.5, 1.5)], "C5:q C5:e C5:q."),
        Case("four eighths of 6/8 are no half", (6, 8), [(0, 2), (2, 1)], "C5:q.~ C5:e C5:q"),
        Case("a bar of 12/8", (12, 8), [(0, 6)], "C5:w."),
        Case("rests show the beats", (4, 4), [(0, 1), (3.5, 0.5)], "C5:q r:q r:q r:e C5:e"),
        Case("a dotted rest begins a beat", (2, 4), [(0.75, 0.25), (1, 1)], "r:e. C5:s C5:q"),
        Case("rests of 6/8", (6, 8), [(0, 0.5), (1.5, 1.5)], "C5:e r:e r:e C5:q."),
        Case("dotted rest of a beat", (6, 8), [(1.5, 1.5)], "r:q. C5:q."),
        Case(
            "triplet", (2, 4), [(0, 1 / 3.0), (1 / 3.0, 1 / 3.0), (2 / 3.0, 1 / 3.0), (1, 1)],
            "(C5:e C5:e C5:e)3 C5:q"),
        Case(
            "long and short in a triplet", (2, 4), [(0, 2 / 3.0), (2 / 3.0, 1 / 3.0), (1, 1)],
            "(C5:q C5:e)3 C5:q"),
        Case(
            "quarter triplet", (2, 4), [(0, 2 / 3.0), (2 / 3.0, 2 / 3.0), (4 / 3.0, 2 / 3.0)],
            "(C5:q C5:q C5:q)3"),
        Case(
            "triplet of a half beat", (2, 4),
            [(0, 0.5), (0.5, 1 / 6.0), (4 / 6.0, 1 / 6.0), (5 / 6.0, 1 / 6.0), (1, 1)],
            "C5:e (C5:s C5:s C5:s)3 C5:q"),
        Case(
            "quintuplet", (1, 4), (0..<5).map { (Double($0) / 5, 0.2) },
            "(C5:s C5:s C5:s C5:s C5:s)5"),
        Case(
            "septuplet", (2, 4), (0..<7).map { (Double($0) / 7, 1 / 7.0) } + [(1, 1)],
            "(C5:s C5:s C5:s C5:s C5:s C5:s C5:s)7 C5:q"),
        Case(
            "eleven", (2, 4), (0..<11).map { (Double($0) * 2 / 11, 2 / 11.0) },
            "(" + Array(repeating: "C5:s", count: 11).joined(separator: " ") + ")11"),
        Case(
            "four in a dotted quarter", (3, 8), (0..<4).map { (Double($0) * 0.375, 0.375) },
            "(C5:e C5:e C5:e C5:e)4"),
        Case(
            "two in a dotted quarter", (6, 8), [(0, 0.75), (0.75, 0.75), (1.5, 1.5)],
            "C5:e. C5:e. C5:q."),
    ]

    @Test(arguments: cases)
    func valuesShowTheBeats(_ example: Case) throws {
        // What follows shows that the piece was typed.
        let bar = Double(example.meter.0) * 4 / Double(example.meter.1)
        let more = line(Array(repeating: 60, count: 80), each: bar, from: bar)
        let sheet = try SheetMusic(score(notes(example.notes) + more, meter: example.meter))
        #expect(try sheet.text(bar: 0) == example.bar)
    }

    @Test(arguments: [4, 5, 6, 8, 12, 16])
    func theLastNotesOfAPieceStayWhereTheyAre(inAQuarter count: Int) throws {
        let length = 1 / Double(count)
        let music = line(Array(repeating: 72, count: 4 * count), each: length, from: 0)
        let events = try SheetMusic(score(music)).parts[0].staves[0].bars[0][0].events
        #expect(events.count == 4 * count && events.allSatisfy { $0.heads.count == 1 })
    }

    @Test func aNoteOverTheBarLineIsTied() throws {
        let sheet = try SheetMusic(score(notes([(72, 0, 3), (74, 3, 4.5)])))
        #expect(try sheet.text(bar: 0) == "C5:h. D5:q~")
        #expect(try sheet.text(bar: 1) == "D5:h.. r:e")
    }

    @Test func everyMeterIsFilledByRests() throws {
        for numerator in [1, 2, 3, 5, 6, 7, 8, 9, 11, 13, 17] {
            for denominator in [1, 2, 4, 8, 16, 32] {
                let bar = Double(numerator) * 4 / Double(denominator)
                let sheet = try SheetMusic(
                    score(
                        notes([(72, bar - 4 / Double(denominator), 4 / Double(denominator))]),
                        meter: (numerator, denominator)))
                let events = sheet.parts[0].staves[0].bars[0][0].events
                #expect(events.reduce(0) { $0 + $1.length } == sheet.bars[0].length)
                #expect(events.last?.heads.count == 1)
            }
        }
    }
}
