import Foundation
import MIDIFile
import Notation
import Score
import TestSupport
import Testing

struct MusicXMLTests {
    struct Sounding: Hashable {
        let pitch: Int
        let start: Int
        let end: Int
    }

    /// A piece with what scores have: an upbeat, voices, triplets, ties, chords, rests, two keys.
    static func piece() -> Score {
        var piece = Score(
            meterMap: meterMap((0, (1, 4)), (1, (3, 4)), (7, (6, 8))), keyMap: key(-3),
            parts: [
                Part(
                    name: "Violin <1> & \"2\"\u{7}", program: 40,
                    notes: line([79, 80, 82, 84, 83, 80], each: 2 / 3.0, from: 1)
                        + notes([(75, 5, 1.75), (76, 6.75, 3), (77, 9.75, 0.25)])),
                Part(
                    name: "Piano", program: 0,
                    notes: line(Array(60...79), each: 0.5)
                        + notes([(48, 0, 3), (52, 1, 5), (48, 6, 4), (55, 6, 4)]),
                    pedals: [
                        Pedal(down: Ticks(0), up: Ticks(960)),
                        Pedal(down: Ticks(960), up: Ticks(1500)),
                    ]),
            ])
        piece.tempoMap = TempoMap([.init(tick: .zero, microsecondsPerQuarter: 600_000)])
        return piece
    }

    /// The laws of a document: each voice fills its bar, ties lead on, beams and tuplets close, and the
    /// notes are those of the sheet.
    static func check(_ sheet: SheetMusic, _ name: String = "") throws {
        let outline = try #require(MusicXMLOutline(sheet.musicXML()), "\(name)")
        let unit = FineTime.quarter / outline.divisions
        #expect(outline.lengths.count == sheet.parts.count)
        for part in outline.lengths {
            #expect(part.count == sheet.bars.count)
            for (bar, voices) in zip(sheet.bars, part) {
                #expect(
                    !voices.isEmpty && voices.values.allSatisfy { $0 * unit == bar.length },
                    "\(name)")
            }
        }
        for (index, part) in sheet.parts.enumerated() {
            let own = outline.notes.filter { $0.part == index }
            let expected = part.notes.map {
                Sounding(pitch: $0.pitch.number, start: $0.start, end: $0.end)
            }
            // Where two notes of a pitch are tied at once, either may be the one that ends first.
            let found = try sounding(own, sheet, unit)
            #expect(starts(found) == starts(expected), "\(name)")
            #expect(ends(found) == ends(expected), "\(name)")
            try checkBrackets(own, name)
        }
    }

    private static func starts(_ notes: [Sounding]) -> [[Int]] {
        notes.map { [$0.start, $0.pitch] }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func ends(_ notes: [Sounding]) -> [[Int]] {
        notes.map { [$0.end, $0.pitch] }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The notes with their ties, each tie matched.
    private static func sounding(
        _ notes: [MusicXMLOutline.Note], _ sheet: SheetMusic, _ unit: Int
    ) throws -> [Sounding] {
        var found: [Sounding] = []
        var open: [Sounding] = []
        let timed = notes.filter { !$0.isRest }.map { note in
            let start = sheet.bars[note.bar].start + note.start * unit
            return (
                note: note, start: start, end: start + (note.isGrace ? 0 : note.duration * unit)
            )
        }
        for (note, start, end) in timed.sorted(by: { $0.start < $1.start }) {
            var from = start
            if note.ties.contains("stop") {
                let index = try #require(
                    open.firstIndex { $0.pitch == note.pitch && $0.end == start },
                    "a tie comes from nowhere")
                from = open.remove(at: index).start
            }
            let sounding = Sounding(pitch: note.pitch, start: from, end: end)
            if note.ties.contains("start") { open.append(sounding) } else { found.append(sounding) }
        }
        #expect(open.isEmpty, "a tie leads nowhere")
        return found
    }

    /// Beams begin and end in their bar, and so do tuplets.
    private static func checkBrackets(_ notes: [MusicXMLOutline.Note], _ name: String) throws {
        let groups = Dictionary(grouping: notes) { "\($0.bar) \($0.voice)" }
        for group in groups.values {
            var beams: Set<Int> = []
            var tuplets = 0
            for note in group {
                for (level, beam) in note.beams {
                    switch beam {
                    case "begin": #expect(beams.insert(level).inserted, "\(name)")
                    case "end": #expect(beams.remove(level) != nil, "\(name)")
                    case "continue": #expect(beams.contains(level), "\(name)")
                    default: break
                    }
                }
                for tuplet in note.tuplets {
                    tuplets += tuplet == "start" ? 1 : -1
                    #expect(tuplets >= 0, "\(name)")
                }
            }
            #expect(beams.isEmpty && tuplets == 0, "\(name)")
        }
    }

    @Test func aDocumentHasWhatTheSheetHas() throws {
        let sheet = try SheetMusic(of: Self.piece(), title: "A <b> & \"c\"", composer: "C. S.")
        try Self.check(sheet)
        let outline = try #require(MusicXMLOutline(sheet.musicXML(software: "Clara 1")))
        #expect(outline.texts["work-title"] == "A <b> & \"c\"")
        #expect(outline.texts["creator"] == "C. S.")
        #expect(outline.texts["software"] == "Clara 1")
        #expect(
            outline.elements.isSuperset(of: ["pedal", "metronome", "staves", "forward"]))
    }

    @Test func aNoteWithoutLengthIsAGraceNote() throws {
        let piece = score(line(Array(repeating: 72, count: 60), each: 1) + notes([(74, 4, 0)]))
        let sheet = try SheetMusic(piece)
        try Self.check(sheet)
        #expect(
            try sheet.text(bar: 1, voice: 0).contains("C5:q") && sheet.parts[0].notes.count == 61)
        #expect(sheet.musicXML().contains("<grace slash=\"yes\"/>"))
    }

    @Test func chanceMusicKeepsTheLaws() throws {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<24 {
            let meters = [(4, 4), (3, 4), (6, 8), (5, 8), (2, 2), (7, 16), (12, 8), (3, 8)]
            let steps = [[120, 240, 480], [80, 160, 240], [60, 69, 96], [1, 7, 31]][round % 4]
            let notes = (0..<120).compactMap { _ in
                Pitch(30 + random(60)).map {
                    Note(
                        pitch: $0, onset: Ticks(random(80) * steps[random(3)]),
                        duration: Ticks(random(9) * steps[random(3)]))
                }
            }
            let piece = Score(
                meterMap: meterMap((0, meters[round % 8])),
                parts: [Part(program: round % 3 * 40, notes: notes)])
            let sheet = try SheetMusic(piece)
            try Self.check(sheet, "round \(round)")
            // Of a pitch struck twice at once in more than four chords one may be left.
            let written = Set(sheet.parts[0].notes.map { [$0.pitch.number, $0.start] })
            let given = Set(notes.map { [$0.pitch.number, $0.onset.count] })
            #expect(sheet.changes.isPerformance || written.count == given.count, "round \(round)")
        }
    }

    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data or CLARA_SHARED"))
    func realMusicKeepsTheLaws() throws {
        let files = SharedData.files(every: 290)
        #expect(files.count > 10)
        for path in files {
            guard let (score, _) = try? MIDIFile.read(contentsOf: path) else { continue }
            do {
                let sheet = try SheetMusic(of: score, title: path)
                try Self.check(sheet, path)
                let notes = score.parts.filter { !$0.isDrums }.reduce(0) { $0 + $1.notes.count }
                #expect(sheet.parts.reduce(0) { $0 + $1.notes.count } == notes, "\(path)")
            } catch let error as NotationError {
                #expect(
                    score.noteCount
                        == score.parts.filter(\.isDrums).reduce(0) { $0 + $1.notes.count },
                    "\(error)")
            }
        }
    }
}
