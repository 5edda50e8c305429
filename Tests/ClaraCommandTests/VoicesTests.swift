import Foundation
import MIDIFile
import Score
import Testing

/// The bundled voices besides the piano, and what the piano was told of styles.
struct VoicesTests {
    private struct Report: Decodable {
        struct Take: Decodable { let file: String }
        let takes: [Take]
    }

    private func takes(_ arguments: [String], count: Int = 2) throws -> [Score] {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(
            arguments + ["-o", "out", "--takes", "\(count)", "--seed", "5", "--json"], in: folder
        ).succeeded()
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        return try report.takes.map { try Score(file: folder.path($0.file)) }
    }

    @Test(
        arguments: [
            ("duet", "Examples/romance-in-g.mid", 2), ("jazz", "Examples/blues-in-b-flat.mid", 3),
        ])
    func anEnsembleIsContinuedByAllItsInstruments(model: String, path: String, parts: Int) throws {
        let prompt = try Score(file: Repository.path(path))
        let seam = Ticks(
            prompt.barCount
                * prompt.meterMap.change(at: .zero).meter
                .barLength(ticksPerQuarter: prompt.ticksPerQuarter).count)
        for take in try takes(["continue", Repository.path(path), "--model", model, "--bars", "8"])
        {
            #expect(take.parts.count == parts)
            #expect(take.parts.map(\.program) == prompt.parts.map(\.program))
            let scale = take.ticksPerQuarter / prompt.ticksPerQuarter
            let playing = take.parts.count { part in
                part.notes.contains { $0.onset.count >= seam.count * scale }
            }
            #expect(playing >= 2)
        }
    }

    @Test(arguments: [("duet", ["Violin", "Piano"]), ("jazz", ["Tenor Sax", "Piano"])])
    func anEnsembleComposesForItself(model: String, names: [String]) throws {
        let takes = try takes(["compose", "--model", model, "--bars", "8"], count: 8)
        // In one of ten takes from nothing, or so, one of the two rests for eight bars.
        #expect(takes.count { $0.parts.map(\.name) == names } > 4)
        #expect(takes.allSatisfy { Set($0.parts.map(\.name)).isSubset(of: names) })
    }

    @Test func aMelodyGetsAPianoAndStaysAsItIs() throws {
        let path = Repository.path("Examples/melody-in-f.mid")
        let melody = try Score(file: path)
        for take in try takes(["accompany", path]) {
            #expect(take.parts.map(\.program) == [40, 0])
            #expect(take.parts[1].notes.count > 8)
            let scale = take.ticksPerQuarter / melody.ticksPerQuarter
            #expect(
                take.parts[0].notes.map { $0.onset.count }
                    == melody.parts[0].notes.map { $0.onset.count * scale })
            #expect(take.parts[0].notes.map(\.pitch) == melody.parts[0].notes.map(\.pitch))
        }
    }

    @Test func anAccompanimentGetsAMelody() throws {
        let path = Repository.path("Examples/accompaniment-in-g.mid")
        for take in try takes(["accompany", path, "--as", "accompaniment"]) {
            let melody = try #require(take.parts.first { $0.program == 40 })
            // The romance's own has 18; a chord here and there is a violin's, a wall is none.
            #expect((2...80).contains(melody.notes.count))
            let most = melody.notes.map { note in
                melody.notes.count { ($0.onset..<$0.end).contains(note.onset) }
            }
            #expect(most.allSatisfy { $0 <= 4 })
        }
    }

    /// What is given comes as often as it does, so nothing keeps takes from repeating it.
    @Test func anAccompanimentMayRepeatItself() throws {
        let run = try ClaraProgram.run(
            [
                "accompany", Repository.path("Examples/melody-in-f.mid"), "--takes", "1", "--seed",
                "1", "-o", "out", "--json",
            ], in: ScratchFolder()
        ).succeeded()
        let settings = try #require(try jsonObject(run.output)["settings"] as? [String: Any])
        #expect(settings["noRepeat"] == nil && settings["temperature"] != nil)
        #expect(settings["noLoops"] == nil)
        // What is given tells the length.
        #expect(settings["bars"] == nil)
    }

    @Test func anAccompanimentIsNotKeptOutOfLoops() throws {
        let melody = Repository.path("Examples/melody-in-f.mid")
        let run = try ClaraProgram.run(["accompany", melody, "--no-loops"], in: ScratchFolder())
        #expect(run.status == 64 && run.errors.contains("leave out --no-loops"))
    }

    @Test func handsThatAreReadAsOneAreNamed() throws {
        let run = try ClaraProgram.run(
            [
                "accompany", Repository.waltz, "--as", "accompaniment", "--takes", "1", "-o", "out",
            ], in: ScratchFolder()
        ).succeeded()
        #expect(run.output.hasPrefix("given: 2 parts read as one: Right hand, Left hand\n"))
    }

    @Test(arguments: ["chopin", "BACH", "romantic", "Mozart"])
    func thePianoKnowsStyles(style: String) throws {
        let takes = try takes(["compose", "--style", style, "--bars", "4"])
        #expect(takes.allSatisfy { $0.noteCount > 0 })
        let others = try self.takes(["compose", "--bars", "4"])
        #expect(takes.map(\.notes) != others.map(\.notes))
    }
}
