import Foundation
import Notation
import Score
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Piano rolls.
struct PianoRollTests {
    /// What an XML parser finds in a picture.
    private final class Outline: NSObject, XMLParserDelegate {
        private(set) var rectangles: [[String: String]] = []
        private(set) var ids: [String] = []
        private(set) var words: [String: String] = [:]
        private var open: [String] = []
        private(set) var isWellFormed = false

        init(_ svg: String) {
            super.init()
            let parser = XMLParser(data: Data(svg.utf8))
            parser.delegate = self
            isWellFormed = parser.parse()
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            open.append(name)
            if name == "rect" { rectangles.append(attributes) }
            if let id = attributes["id"] { ids.append(id) }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
            qualifiedName: String?
        ) { open.removeLast() }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            words[open.last ?? "", default: ""] += text
        }

        /// Rectangles of notes have a shade and a height of their row; those in the legend are higher.
        func notes(held: Bool) -> [[String: String]] {
            rectangles.filter {
                let style = $0["class"] ?? ""
                return held ? style.hasPrefix("held v") : style.hasPrefix("v")
            }
        }
    }

    private static func note(_ key: Int, at tick: Int, for length: Int = 480, velocity: Int = 80)
        throws -> Note
    {
        Note(
            pitch: try #require(Pitch(key)), onset: Ticks(tick), duration: Ticks(length),
            velocity: try #require(Velocity(velocity)))
    }

    private static func outline(_ score: Score, seam: Ticks? = nil) throws -> Outline {
        let outline = Outline(
            try PianoRoll(of: score, titled: "<Étude> & \u{1}more", seam: seam).svg)
        #expect(outline.isWellFormed)
        return outline
    }

    @Test(arguments: [1, 40, 700])
    func everyNoteHasItsRectangle(count: Int) throws {
        let notes = try (0..<count).map { try Self.note(30 + $0 * 7 % 60, at: 360 * $0) }
        let halves = [
            Part(notes: Array(notes.prefix(count / 2))),
            Part(notes: Array(notes.dropFirst(count / 2))),
        ]
        let outline = try Self.outline(Score(parts: halves))
        #expect(outline.notes(held: false).count == count)
    }

    @Test func titleAndDescriptionAreForThoseWhoDoNotSee() throws {
        let part = Part(
            name: "Right <hand>", notes: [try Self.note(60, at: 0), try Self.note(72, at: 960)])
        let outline = try Self.outline(Score(parts: [part]), seam: Ticks(960))
        #expect(outline.words["title"] == "<Étude> &  more")
        let description = try #require(outline.words["desc"])
        #expect(
            description
                == "A piano roll: 2 notes, 1 bar, 0:01, from C4 to C5. Parts: Right <hand>. "
                + "The continuation begins at bar 1, beat 3.")
    }

    @Test func theSeamIsThereOnlyWhereThereIsOne() throws {
        let score = Score(parts: [Part(notes: try (0..<80).map { try Self.note(60, at: 480 * $0) })]
        )
        #expect(try !Self.outline(score).ids.contains("seam"))
        let outline = try Self.outline(score, seam: Ticks(480 * 40))
        #expect(outline.ids.filter { $0 == "seam" }.count == 1)
        // The second and the third line are new music, and the legend tells so.
        #expect(outline.rectangles.filter { $0["class"] == "new" }.count == 3)
    }

    @Test func louderIsDarkerHigherIsHigherLaterIsFurtherRight() throws {
        let notes = [
            try Self.note(60, at: 0, velocity: 1),
            try Self.note(72, at: 960, for: 960, velocity: 127),
        ]
        let drawn = try Self.outline(Score(parts: [Part(notes: notes)])).notes(held: false)
        try #require(drawn.count == 2)
        #expect(drawn.map { $0["class"] } == ["v0", "v7"])
        func number(_ name: String) throws -> [Double] {
            try drawn.map { try #require($0[name].flatMap(Double.init)) }
        }
        #expect(try number("x")[0] < number("x")[1])
        #expect(try number("y")[0] - number("y")[1] == 72)
        #expect(try abs(number("width")[1] - 2 * number("width")[0]) < 1)
    }

    @Test func aNoteThatIsHeldIntoTheNextLinesGoesOnThere() throws {
        var notes = try (0..<80).map { try Self.note(60, at: 480 * $0) }
        notes.append(try Self.note(48, at: 0, for: 480 * 50))
        let outline = try Self.outline(Score(parts: [Part(notes: notes)]))
        #expect(outline.notes(held: true).count == 1)
        #expect(outline.notes(held: false).count == 81)
    }

    @Test func hoursOfRestsTakeNoRoom() throws {
        let notes = [try Self.note(60, at: 0), try Self.note(62, at: 1_000_000_000)]
        let roll = try PianoRoll(of: Score(parts: [Part(notes: notes)]), titled: "rests")
        #expect(roll.systemCount == 2)
        #expect(roll.svg.utf8.count < 10_000)
        #expect(Outline(roll.svg).notes(held: false).count == 2)
    }

    @Test(arguments: [1, 7, 480, 32_767], [(1, 64), (255, 1), (5, 8), (12, 8)])
    func anyResolutionAndMeterGiveAPicture(ticksPerQuarter: Int, meter: (Int, Int)) throws {
        let change = MeterMap.Change(
            tick: Ticks(3), meter: try #require(Meter(meter.0, meter.1)))
        let notes = try (0..<100).map {
            try Self.note($0, at: $0 * ticksPerQuarter * 3 / 2, for: $0 % 3 * ticksPerQuarter)
        }
        let outline = try Self.outline(
            Score(
                ticksPerQuarter: ticksPerQuarter, meterMap: MeterMap([change]),
                parts: [Part(notes: notes)]))
        #expect(outline.notes(held: false).count == 100)
    }

    @Test func withoutNotesThereIsNothingToDraw() {
        #expect(throws: PianoRoll.Failure.noNotes(piece: "rests.mid")) {
            try PianoRoll(of: Score(parts: [Part(notes: [])]), titled: "rests", named: "rests.mid")
        }
    }

    @Test func thePedalIsDrawnOnceWherePartsShareIt() throws {
        let pedals = [
            Pedal(down: Ticks(0), up: Ticks(400)), Pedal(down: Ticks(480), up: Ticks(900)),
        ]
        let parts = [
            Part(notes: [try Self.note(60, at: 0)], pedals: pedals),
            Part(notes: [try Self.note(48, at: 0)], pedals: pedals),
        ]
        let svg = try PianoRoll(of: Score(parts: parts), titled: "pedal").svg
        let band = try #require(svg.firstMatch(of: /<path class="pedal" d="([^"]*)"/)?.1)
        #expect(band.filter { $0 == "z" }.count == 2)
    }

    @Test func passagesAreTintedAndLabelledWhereTheyAre() throws {
        let notes = try (0..<80).map { try Self.note(60, at: 480 * $0) }
        // The second runs over the end of the first line, which has 36 quarters.
        let marks = RollMarks(
            meaning: "odd <ones>",
            marks: [
                .init(Ticks(0)..<Ticks(480 * 8), strength: 0.5, label: "50 %"),
                .init(Ticks(480 * 32)..<Ticks(480 * 40), strength: 7, label: "1 & 2"),
            ])
        let roll = try PianoRoll(of: Score(parts: [Part(notes: notes)]), titled: "x", marks: marks)
        let outline = Outline(roll.svg)
        #expect(outline.isWellFormed)
        let tints = outline.rectangles.filter { $0["class"] == "mark" }
        // One in the legend, one for the first mark, two for the second.
        #expect(tints.compactMap { $0["fill-opacity"] } == [".4", ".20", ".40", ".40"])
        let words = try #require(outline.words["text"])
        #expect(words.contains("odd <ones>") && words.contains("50 %"))
        #expect(words.ranges(of: "1 & 2").count == 1)
    }
}
