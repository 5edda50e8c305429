import Notation
import Score
import Testing

struct SpellingTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let sharps: Int
        let mode: KeySignature.Mode
        let pitches: [Int]
        let names: String
    }

    static let cases = [
        Case(
            testDescription: "D minor has C♯ and B♭", sharps: -1, mode: .minor,
            pitches: [62, 64, 65, 67, 69, 70, 69, 73, 74], names: "D4 E4 F4 G4 A4 B♭4 A4 C♯5 D5"),
        Case(
            testDescription: "E♭ major has A♭", sharps: -3, mode: .major,
            pitches: [63, 65, 67, 68, 70, 72, 74, 75], names: "E♭4 F4 G4 A♭4 B♭4 C5 D5 E♭5"),
        Case(
            testDescription: "C♯ minor has B♯", sharps: 4, mode: .minor,
            pitches: [61, 64, 68, 72, 73, 68, 64, 61], names: "C♯4 E4 G♯4 B♯4 C♯5 G♯4 E4 C♯4"),
        Case(
            testDescription: "A minor raises sixth and seventh", sharps: 0, mode: .minor,
            pitches: [69, 71, 72, 74, 76, 78, 80, 81], names: "A4 B4 C5 D5 E5 F♯5 G♯5 A5"),
        Case(
            testDescription: "F minor has E natural and D♭", sharps: -4, mode: .minor,
            pitches: [65, 68, 72, 73, 72, 76, 77], names: "F4 A♭4 C5 D♭5 C5 E5 F5"),
        Case(
            testDescription: "G♭ major has C♭", sharps: -6, mode: .major,
            pitches: [66, 68, 70, 71, 73, 75, 77, 78], names: "G♭4 A♭4 B♭4 C♭5 D♭5 E♭5 F5 G♭5"),
        Case(
            testDescription: "the dominant's dominant in C major", sharps: 0, mode: .major,
            pitches: [60, 64, 67, 62, 66, 69, 67, 71, 74, 60, 64, 67],
            names: "C4 E4 G4 D4 F♯4 A4 G4 B4 D5 C4 E4 G4"),
    ]

    @Test(arguments: cases)
    func namesFollowTheKey(_ example: Case) throws {
        let piece = score(
            line(example.pitches, each: 1), sharps: example.sharps, mode: example.mode)
        let names = try SheetMusic(piece).names().joined(separator: " ")
        #expect(names == example.names)
    }

    @Test func namesSoundAsTheirPitches() throws {
        for sharps in -7...7 {
            let pitches = Array(21...108)
            let names = try SheetMusic(score(line(pitches, each: 0.5), sharps: sharps))
                .parts[0].staves[0].bars.joined().flatMap(\.events).flatMap(\.heads)
            #expect(names.map(\.pitch.pitch.number) == pitches)
            for name in names { #expect(abs(name.pitch.alter) <= 2) }
        }
    }

    @Test func anAccidentalHoldsForItsBarAndIsRecalledInTheNext() throws {
        let piece = score(line([65, 66, 66, 65, 65, 66, 67, 69, 65, 67, 69, 71], each: 1))
        let marks = try SheetMusic(piece).parts[0].staves[0].bars.joined().flatMap(\.events)
            .flatMap(\.heads).map(\.accidental)
        #expect(
            marks == [
                nil, .needed, nil, .needed, nil, .needed, nil, nil, .courtesy, nil, nil, nil,
            ])
    }

    @Test func aTiedNoteNeedsNoAccidental() throws {
        let piece = score(notes([(66, 3, 2), (66, 5, 1)]), sharps: 0)
        let heads = try SheetMusic(piece).parts[0].staves[0].bars.joined().flatMap(\.events)
            .flatMap(\.heads)
        #expect(heads.map(\.accidental) == [.needed, nil, .needed])
    }
}
