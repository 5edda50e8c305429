import Clara
import Foundation
import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// The piece at a node is each ancestor's music up to the next one's first bar, then its own.
@Suite struct PathTests {
    /// A whole note in each bar, counted from 1, that sounds a quarter longer than the bar.
    private func notes(bars: ClosedRange<Int>, pitch: Int) -> [StudioNote] {
        bars.map { StudioNote(pitch: pitch, onset: Double(4 * ($0 - 1)), duration: 5) }
    }

    private func pitches(_ score: Score) -> [[Int]] {
        score.parts.flatMap(\.notes).sorted { $0.onset < $1.onset }.map {
            [$0.onset.count / 1920 + 1, $0.pitch.number, $0.duration.count]
        }
    }

    @Test func aBranchKeepsWhatIsBeforeIt() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let a = try await client.play(
                notes(bars: 1...4, pitch: 60), after: session.root, from: 1, bars: 4, in: session)
            let b = try await client.play(
                notes(bars: 3...4, pitch: 62), after: a.id, from: 3, bars: 2, in: session)
            let c = try await client.play(
                notes(bars: 4...5, pitch: 64), after: b.id, from: 4, in: session)
            let d = try await client.play(
                notes(bars: 6...6, pitch: 65), after: c.id, from: 6, in: session)
            #expect(c.bars == 3, "its last note sounds in bar 6")
            // In a MIDI file a note ends where its pitch is struck again.
            let whole = 1920
            #expect(
                pitches(try await client.piece(at: b.id, in: session)) == [
                    [1, 60, whole], [2, 60, whole], [3, 62, whole], [4, 62, whole + 480],
                ])
            #expect(
                pitches(try await client.piece(at: d.id, in: session)) == [
                    [1, 60, whole], [2, 60, whole], [3, 62, whole], [4, 64, whole],
                    [5, 64, whole], [6, 65, whole + 480],
                ])
        }
    }

    @Test func aBranchBeforeItsParentsMusicLeavesThatOut() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let a = try await client.play(
                notes(bars: 1...4, pitch: 60), after: session.root, from: 1, bars: 4, in: session)
            let b = try await client.play(
                notes(bars: 5...6, pitch: 62), after: a.id, from: 5, bars: 2, in: session)
            let c = try await client.play(
                notes(bars: 3...3, pitch: 64), after: b.id, from: 3, in: session)
            #expect(
                pitches(try await client.piece(at: c.id, in: session)) == [
                    [1, 60, 1920], [2, 60, 1920], [3, 64, 2400],
                ])
        }
    }

    @Test func aKeyIsNotStruckTwiceAtOnce() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let notes = [
                StudioNote(pitch: 60, onset: 0, duration: 2),
                StudioNote(pitch: 60, onset: 0, duration: 3),
                StudioNote(pitch: 60, onset: 1, duration: 1),
            ]
            let node = try await client.play(notes, after: session.root, from: 1, in: session)
            #expect(
                pitches(try await client.piece(at: node.id, in: session))
                    == [[1, 60, 480], [1, 60, 480]])
        }
    }

    @Test func notesAreReplacedWhereThatIsAskedFor() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let a = try await client.play(
                notes(bars: 1...2, pitch: 60), after: session.root, from: 1, in: session)
            let changed = try await client.get(
                .patch, "/api/sessions/\(session.id)/nodes/\(a.id)",
                #"{"notes":[{"pitch":70,"onset":0.5,"duration":0.25,"velocity":99,"part":0}],"bars":1}"#,
                as: NodeAnswer.self)
            #expect(changed.bars == 1)
            #expect(
                changed.notes
                    == [StudioNote(pitch: 70, onset: 0.5, duration: 0.25, velocity: 99)])
            let piece = try await client.piece(at: a.id, in: session)
            #expect(piece.parts.flatMap(\.notes).map(\.onset.count) == [240])
        }
    }

    private static let examples = [
        "waltz-in-a-minor", "romance-in-g", "blues-in-b-flat", "invention-in-d-minor",
    ]

    @Test(arguments: examples) func anExampleLeavesAsItCame(name: String) async throws {
        let path = "\(TestStudio.root)/Examples/\(name).mid"
        let original = try MIDIFile.read(contentsOf: path).score
        try await TestStudio().run { client in
            let session = try await client.session(#"{"example":"\#(name)"}"#)
            let node = try #require(session.nodes.last)
            #expect(node.kind == "file" && node.bars == original.barCount)
            let piece = try await client.piece(at: node.id, in: session)
            let factor = 480 / original.ticksPerQuarter
            #expect(piece.parts.map(\.program) == original.parts.map(\.program))
            for (part, other) in zip(piece.parts, original.parts) {
                #expect(part.notes.map(\.pitch) == other.notes.map(\.pitch))
                #expect(part.notes.map(\.velocity) == other.notes.map(\.velocity))
                #expect(
                    part.notes.map(\.onset.count) == other.notes.map { $0.onset.count * factor })
                #expect(
                    part.notes.map(\.duration.count)
                        == other.notes.map { $0.duration.count * factor })
            }
            #expect(piece.meterMap.changes.map(\.meter) == original.meterMap.changes.map(\.meter))
        }
    }

    @Test func aFileThatComesFirstGivesTempoMeterAndParts() async throws {
        let path = "\(TestStudio.root)/Examples/romance-in-g.mid"
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let original = try MIDIFile.read(contentsOf: path).score
        try await TestStudio().run { client in
            let session = try await client.session()
            let response = try await client.client.execute(
                uri: "/api/sessions/\(session.id)/nodes?fromBar=1&name=A%20romance", method: .post,
                headers: [.contentType: "audio/midi"], body: ByteBuffer(bytes: data))
            #expect(response.status == .created)
            let after = try await client.session(again: session)
            #expect(after.parts.map(\.program) == original.parts.map(\.program))
            let node = try #require(after.nodes.last)
            #expect(node.name == "A romance")
            let raw = try #require(node.raw)
            #expect(raw.count == original.noteCount)
            let last = try #require(raw.last)
            #expect(abs(last.onset - original.seconds) < 10 && last.onset > 1)
            let broken = try await client.client.execute(
                uri: "/api/sessions/\(session.id)/nodes", method: .post,
                headers: [.contentType: "audio/midi"], body: ByteBuffer(string: "no music"))
            #expect(broken.status == .badRequest)
        }
    }

    @Test func theRawTimingOfWhatWasPlayedIsKept() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let node = try await client.get(
                .post, "/api/sessions/\(session.id)/nodes",
                #"""
                {"parent":"\#(session.root)","fromBar":1,
                 "notes":[{"pitch":60,"onset":0,"duration":1,"velocity":80,"part":0}],
                 "raw":[{"pitch":60,"onset":0.013,"duration":0.47,"velocity":81}]}
                """#, as: NodeAnswer.self)
            #expect(
                node.raw == [RawNote(pitch: 60, onset: 0.013, duration: 0.47, velocity: 81)])
            #expect(try await client.session(again: session).node(node.id) == node)
        }
    }
}
