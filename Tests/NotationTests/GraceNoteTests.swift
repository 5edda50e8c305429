import Notation
import Score
import Testing

struct GraceNoteTests {
    /// An exact line, and by chance held notes and notes without length.
    private func ornamented(_ seed: UInt64) -> [Note] {
        var state = seed
        func next(_ count: UInt64) -> Int {
            // Knuth's MMIX generator.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % count)
        }
        let held = (0..<9).map { _ in (60 + next(8), Double(next(230)), Double(2)) }
        let graces = (0..<3).map { _ in (70 + next(20), Double(next(230)), 0.0) }
        return line(Array(repeating: 72, count: 240), each: 1) + notes(held + graces)
    }

    @Test func aShortNoteBeforeABeatIsNoGraceNote() throws {
        // A few onsets off the grid, so that ends are not read as strictly as onsets.
        let loose = (0..<6).map { (64, 100 + 7 * Double($0) + 0.03, 0.5) }
        let piece = score(
            line(Array(repeating: 72, count: 240), each: 1)
                + notes([(61, 4.875, 0.056)] + loose))
        let events = try SheetMusic(piece).parts[0].staves[0].bars.joined().flatMap(\.events)
        #expect(!events.contains { $0.isGrace })
        let short = events.first { $0.heads.contains { $0.pitch.pitch.number == 61 } }
        #expect(short?.length == FineTime.quarter / 8)
    }

    @Test func graceNotesStandBeforeNotesWhereAnyVoiceHasThem() throws {
        var count = 0
        for seed in 0..<12 {
            let sheet = try SheetMusic(score(ornamented(UInt64(seed))))
            for voices in sheet.parts[0].staves[0].bars {
                for voice in voices {
                    for (index, grace) in voice.events.enumerated() where grace.isGrace {
                        count += 1
                        let next = voice.events[index...].first { !$0.isGrace }
                        if next?.kind == .notes, next?.start == grace.start { continue }
                        #expect(
                            !voices.contains { other in
                                other.events.contains {
                                    $0.kind == .notes && !$0.isGrace && $0.start == grace.start
                                }
                            }, "seed \(seed)")
                    }
                }
            }
        }
        #expect(count > 10, "there must be some to speak of")
    }
}
