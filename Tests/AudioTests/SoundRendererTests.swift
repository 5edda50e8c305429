import Audio
import CSndFile
import Foundation
import Score
import Testing

/// What is heard.
@Suite(.enabled(if: Sounding.isPossible, Sounding.need))
struct SoundRendererTests {
    @Test(
        "is −16 LUFS loud and never above −1 dBTP, as the file tells",
        arguments: ["song.wav", "song.flac", "song.ogg"], [false, true])
    func loudnessAndPeaksAreRight(name: String, hasStrokes: Bool) throws {
        let folder = try ScratchFolder()
        let sound = try Sounding.renderer().render(
            Pieces.song(hasStrokes: hasStrokes), named: "song", to: folder.file(name),
            format: SoundFormat(ofFile: name))
        let file = try SoundFile(folder.file(name))
        let meter = try LoudnessMeter(sampleRate: file.sampleRate, hasTruePeak: true)
        try meter.add(file.samples)
        #expect(abs(meter.loudness - -16) < 0.5)
        #expect(abs(meter.loudness - sound.loudness) < 0.2)
        #expect(20 * log10(meter.truePeak) <= -1)
        #expect(file.seconds == sound.seconds)
        #expect(try folder.names == [name])
    }

    @Test func strokesAreLoweredAndBrokenChordsNeedNotBe() throws {
        let folder = try ScratchFolder()
        let reductions = try [false, true].map { hasStrokes in
            try Sounding.renderer().render(
                Pieces.song(hasStrokes: hasStrokes), named: "song", to: folder.file("song.wav"),
                format: SoundFormat(.wav)
            ).peakReduction
        }
        #expect(reductions[0] == 0)
        #expect(reductions[1] > 1)
    }

    @Test(arguments: [(57, 220.0), (69, 440.0), (84, 1046.5)])
    func aKeySoundsAtItsPitch(key: Int, hertz: Double) throws {
        let folder = try ScratchFolder()
        let score = Score(parts: [Part(notes: [try Pieces.note(key, at: 0, for: 1920)])])
        _ = try Sounding.renderer().render(
            score, named: "a", to: folder.file("a.wav"), format: SoundFormat(.wav))
        let file = try SoundFile(folder.file("a.wav"))
        func power(cents: Double) -> Double {
            file.power(ofHertz: hertz * pow(2, cents / 1200), seconds: 0.2..<1.2)
        }
        let heard = stride(from: -100.0, through: 100, by: 5).max {
            power(cents: $0) < power(cents: $1)
        }
        #expect(abs(try #require(heard)) <= 10)
        #expect(power(cents: 0) > 20 * power(cents: 100))
    }

    @Test func itLastsAsLongAsTheScoreAndTheLastNotesFading() throws {
        let folder = try ScratchFolder()
        let score = try Pieces.song(hasStrokes: false)
        let sound = try Sounding.renderer().render(
            score, named: "song", to: folder.file("song.wav"),
            format: SoundFormat(.wav, depth: .twentyFour))
        #expect(sound.seconds > score.seconds + 0.1)
        #expect(sound.seconds < score.seconds + 10)
        let file = try SoundFile(folder.file("song.wav"))
        // It fades out, and what is silent is cut off.
        #expect(file.level(seconds: sound.seconds - 0.02..<sound.seconds) < 0.002)
        #expect(file.samples.suffix(200).contains { $0 != 0 })
        #expect(file.format & Int(SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_24)
    }

    @Test func thePedalHoldsAReleasedNote() throws {
        let folder = try ScratchFolder()
        let notes = [try Pieces.note(48, at: 0, for: 240), try Pieces.note(72, at: 3840, for: 240)]
        let levels = try [[], [Pedal(down: Ticks(10), up: Ticks(3800))]].map { pedals in
            _ = try Sounding.renderer().render(
                Score(parts: [Part(notes: notes, pedals: pedals)]), named: "pedal",
                to: folder.file("pedal.wav"), format: SoundFormat(.wav))
            return try SoundFile(folder.file("pedal.wav")).level(seconds: 1.5..<2)
        }
        #expect(levels[1] > 10 * levels[0])
    }

    @Test func theTempoMapIsKept() throws {
        let folder = try ScratchFolder()
        let slow = TempoMap.Change(tick: Ticks(480), microsecondsPerQuarter: 3_000_000)
        let notes = [try Pieces.note(60, at: 0, for: 60), try Pieces.note(60, at: 960, for: 480)]
        let score = Score(tempoMap: TempoMap([slow]), parts: [Part(program: 16, notes: notes)])
        _ = try Sounding.renderer().render(
            score, named: "tempo", to: folder.file("t.wav"), format: SoundFormat(.wav))
        let file = try SoundFile(folder.file("t.wav"))
        #expect(file.level(seconds: 3.6..<3.9) > 20 * file.level(seconds: 3..<3.4))
        #expect(file.level(seconds: 3.6..<3.9) < 2 * file.level(seconds: 5..<6))
    }

    @Test func theSamePieceGivesTheSameBytes() throws {
        let folder = try ScratchFolder()
        let score = try Pieces.song(hasStrokes: true)
        let files = try ["a.flac", "b.flac"].map { name in
            _ = try Sounding.renderer().render(
                score, named: "song", to: folder.file(name), format: SoundFormat(.flac))
            return try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
        }
        #expect(files[0] == files[1])
    }

    @Test func aBlinkOfASoundHasNoLoudnessButAPeak() throws {
        let folder = try ScratchFolder()
        let click = try Pieces.note(37, at: 0, for: 1)
        let sound = try Sounding.renderer().render(
            Score(parts: [Part(isDrums: true, notes: [click])]), named: "click",
            to: folder.file("c.wav"), format: SoundFormat(.wav))
        #expect(sound.truePeak <= -1 && sound.truePeak > -25)
        #expect(sound.peakReduction <= 24.1)
    }

    @Test func moreThanSixteenPartsSoundEachWithItsInstrument() throws {
        let folder = try ScratchFolder()
        let parts = try (0..<20).map { index in
            Part(
                program: index < 19 ? 0 : 16,
                notes: [try Pieces.note(index < 19 ? 60 : 81, at: 0, for: 3840)])
        }
        _ = try Sounding.renderer().render(
            Score(parts: parts), named: "many", to: folder.file("m.wav"), format: SoundFormat(.wav))
        let file = try SoundFile(folder.file("m.wav"))
        // An organ's tone stays; a piano's fades.
        let powers = [0.3..<0.8, 3.0..<3.5].map { file.power(ofHertz: 880, seconds: $0) }
        #expect(powers[1] > 0.5 * powers[0])
    }

    @Test func progressGrowsToTheEnd() throws {
        let folder = try ScratchFolder()
        var shares: [Double] = []
        _ = try Sounding.renderer().render(
            Pieces.song(hasStrokes: true), named: "song", to: folder.file("song.wav"),
            format: SoundFormat(.wav), progress: { shares.append($0) })
        #expect(shares == shares.sorted() && shares.last == 1 && shares.count > 10)
    }
}
