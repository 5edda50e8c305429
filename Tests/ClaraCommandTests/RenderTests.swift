import Clara
import Foundation
import Testing

/// `clara render` and `clara continue --render`.
struct RenderTests {
    private struct Report: Decodable {
        let file: String
        let seconds: Double
        let loudness: Double
        let truePeak: Double
        let speed: Double
    }

    private static let hasSoundFont =
        (try? SoundFontLocator(environment: ProcessInfo.processInfo.environment).soundFont()) != nil
    private static let need: Comment = "no SoundFont is installed: apt install timgm6mb-soundfont"

    @Test(
        .enabled(if: hasSoundFont, need),
        arguments: [("waltz.wav", "RIFF"), ("waltz.flac", "fLaC"), ("waltz.ogg", "OggS")])
    func aPieceBecomesASoundFile(name: String, mark: String) throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(
            ["render", Repository.waltz, "-o", name, "--json"], in: folder
        ).succeeded()
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.file == name && report.seconds > 12.4)
        #expect(abs(report.loudness - -16) < 1 && report.truePeak <= -1)
        let bytes = try Data(contentsOf: folder.url(name))
        #expect(bytes.starts(with: mark.utf8) && bytes.count > 10_000)
        #expect(folder.listing() == [name])
    }

    @Test(.enabled(if: hasSoundFont, need)) func peopleReadHowFastAndHowLoud() throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(["render", Repository.waltz, "-o", "w.wav"], in: folder)
        let text = try run.succeeded().output
        #expect(text.contains("times as fast as playing it") && text.contains("-16.0 LUFS"))
    }

    @Test(.enabled(if: hasSoundFont, need)) func takesAreHeardAndSeen() throws {
        let folder = ScratchFolder()
        let run = try ContinueRun(
            ["--bars", "1", "--takes", "2", "--seed", "3", "--render-as", "ogg", "--roll"],
            in: folder)
        let takes = try #require(try jsonObject(run.json)["takes"] as? [[String: Any]])
        #expect(
            takes.map { $0["sound"] as? String } == [3, 4].map { "out/waltz-in-a-minor-\($0).ogg" })
        #expect(
            takes.map { $0["roll"] as? String } == [3, 4].map { "out/waltz-in-a-minor-\($0).svg" })
        #expect(folder.listing().count == 7)
        let svg = try String(contentsOf: folder.url("out/waltz-in-a-minor-3.svg"), encoding: .utf8)
        #expect(svg.contains("The continuation begins at bar 9, beat 1."))
    }

    /// Ctrl-C as soon as the folder lists what `isTime` waits for.
    private static func interrupted(
        _ arguments: [String], in folder: ScratchFolder, when isTime: ([String]) -> Bool
    ) throws -> ClaraProgram.Outcome {
        let running = try ClaraProgram.start(arguments, in: folder)
        while !isTime(folder.listing()), !running.endsWithin(milliseconds: 2) {}
        running.interrupt()
        #expect(running.waitForEnd(seconds: 60))
        let run = try running.outcome()
        #expect(run.exited && run.status == 130 && run.output.isEmpty)
        return run
    }

    @Test(.enabled(if: hasSoundFont, need)) func ctrlCLeavesNoHalfASound() throws {
        let folder = ScratchFolder()
        let notes = (0..<600).map { index in
            Note(
                pitch: Pitch(byte: UInt8(40 + index % 40)), onset: Ticks(480 * index),
                duration: Ticks(480), velocity: .mezzoForte)
        }
        try folder.write(MIDIFile.write(Score(parts: [Part(notes: notes)])), as: "long.mid")
        let run = try Self.interrupted(["render", "long.mid", "-o", "l.ogg"], in: folder) {
            $0.contains { $0.hasSuffix(".tmp") }
        }
        #expect(run.errors == "clara: l.ogg: not written, since the work was stopped\n")
        #expect(folder.listing() == ["long.mid"])
    }

    @Test(.enabled(if: hasSoundFont, need)) func ctrlCKeepsTheTakesAndNoHalfASound() throws {
        let folder = ScratchFolder()
        let arguments = ["--bars", "60", "--takes", "6", "--seed", "1", "--render-as", "ogg"]
        let run = try Self.interrupted(["continue", Repository.waltz] + arguments, in: folder) {
            names in
            names.count { $0.hasSuffix(".mid") } == 6
                && names.contains { $0.hasSuffix(".tmp") || $0.hasSuffix(".ogg") }
        }
        #expect(run.errors.hasSuffix("all takes are there as MIDI files\n"))
        let endings = folder.listing().map { ($0 as NSString).pathExtension }
        #expect(endings.count { $0 == "mid" } == 6 && endings.count { $0 == "ogg" } < 6)
        #expect(Set(endings).isSubset(of: ["", "mid", "ogg"]))
    }

    @Test func withoutASoundFontNothingIsBegun() throws {
        let folder = ScratchFolder()
        for command in [
            ["render", Repository.waltz, "-o", "w.wav"],
            ["continue", Repository.waltz, "--render"],
        ] {
            try ClaraProgram.run(command + ["--soundfont", "gone.sf2"], in: folder).failedClearly(
                mentioning: ["gone.sf2", "SoundFont", "there is no such file"])
        }
        #expect(folder.listing().isEmpty)
    }

    @Test(.enabled(if: hasSoundFont, need)) func badRequestsAreToldClearly() throws {
        let folder = ScratchFolder()
        let waltz = Repository.waltz
        try ClaraProgram.run(["render", waltz, "-o", "w.mp3"], in: folder)
            .failedClearly(mentioning: ["w.mp3", ".wav, .flac, .ogg"])
        try ClaraProgram.run(["render", waltz, "-o", "w.ogg", "--bits", "24"], in: folder)
            .failedClearly(mentioning: ["--bits"])
        try ClaraProgram.run(["render", waltz, "-o", "no/w.wav"], in: folder)
            .failedClearly(mentioning: ["no/w.wav", "no folder"])
        try folder.write(
            Data("MThd\0\0\0\u{6}\0\0\0\u{1}\0\u{60}MTrk\0\0\0\u{4}\0".utf8) + [0xFF, 0x2F, 0],
            as: "rests.mid")
        try ClaraProgram.run(["render", "rests.mid", "-o", "r.wav"], in: folder)
            .failedClearly(mentioning: ["rests.mid", "no notes"])
        #expect(folder.listing() == ["rests.mid"])
    }
}
