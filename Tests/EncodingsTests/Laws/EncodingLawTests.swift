import Encodings
import Score
import TestSupport
import Testing

/// The laws of `MusicEncoding`, of every encoding that the tests know.
@Suite struct EncodingLawTests {
    @Test(arguments: EncodingCase.all)
    func encodingADecodedTextGivesTheText(of law: EncodingCase) {
        let encoding = law.encoding
        for seed in 0..<10 {
            let tokens = encoding.encode(Music.any(seed: seed)).tokens
            for rule in [ReleaseRule.unlimited, ReleaseRule(defaultLength: 1, tokensAhead: .max)] {
                let (music, report) = encoding.decode(tokens, ticksPerQuarter: 480, rule: rule)
                #expect(encoding.encode(music).tokens == tokens, "seed \(seed)")
                #expect(report == DecodingReport())
                #expect(music.noteCount == encoding.noteCount(of: tokens))
            }
        }
    }

    @Test(arguments: EncodingCase.all)
    func everyNoteOfAScoreIsEncodedOrReported(of law: EncodingCase) {
        for seed in 0..<10 {
            let score = Music.any(seed: seed)
            let (tokens, report) = law.encoding.encode(score)
            #expect(report.encodedNotes == law.encoding.noteCount(of: tokens))
            let dropped = report.kinds.filter { $0.effect == .dropped }.map { report[$0] }
            #expect(report.encodedNotes + dropped.reduce(0, +) == score.noteCount)
        }
    }

    @Test(arguments: EncodingCase.all)
    func whatIsNotHeldDoesNotChangeTheText(of law: EncodingCase) {
        let encoding = law.encoding
        let held = encoding.neverHeld
        for seed in 0..<5 {
            let score = Music.any(seed: seed)
            var other = score
            if held.contains(.tempo) { other.tempoMap = TempoMap() }
            if held.contains(.meter) { other.meterMap = MeterMap([threeFour]) }
            other.parts = score.parts.map { part in
                Part(
                    name: "other", program: part.program, isDrums: part.isDrums,
                    notes: part.notes.map {
                        Note(
                            pitch: $0.pitch, onset: $0.onset, duration: $0.duration,
                            velocity: held.contains(.velocity) ? loud : $0.velocity)
                    }, pedals: held.contains(.pedal) ? [] : part.pedals)
            }
            #expect(encoding.encode(other).tokens == encoding.encode(score).tokens)
        }
    }

    private let threeFour = MeterMap.Change(tick: .zero, meter: Meter(3, 4) ?? .common)
    private let loud = Velocity(127) ?? .mezzoForte

    @Test(arguments: EncodingCase.all)
    func everySequenceOfIdsHasAMeaning(of law: EncodingCase) {
        let encoding = law.encoding
        var random = SplitMix(3)
        let ids = 0..<encoding.vocabulary.count
        for _ in 0..<10 {
            var tokens = (0..<300).map { _ in Int.random(in: ids, using: &random) }
            for rule in [ReleaseRule.clara, .unlimited] {
                let score = encoding.decode(tokens, ticksPerQuarter: 480, rule: rule).score
                #expect(score.noteCount <= encoding.noteCount(of: tokens))
                #expect(encoding.encode(score).report[.folded] == 0)
            }
            for shift in [-200, -3, 5, 200] { _ = encoding.transpose(tokens, by: shift) }
            _ = encoding.recent(tokens, limit: 20)
            let steps = encoding.steps(of: tokens)
            encoding.extend(&tokens, toStep: steps + 7)
            #expect(encoding.steps(of: tokens) == steps + 7)
            encoding.close(&tokens, atStep: steps / 2)
            #expect(encoding.steps(of: tokens) == steps / 2)
        }
    }

    @Test(arguments: EncodingCase.all)
    func transposingThereAndBackIsTheIdentity(of law: EncodingCase) {
        let encoding = law.encoding
        for seed in 0..<6 {
            let tokens = encoding.encode(Music.middle(seed: seed)).tokens
            #expect(encoding.noteCount(of: tokens) > 50)
            for shift in TwelveKeys.shifts {
                let moved = encoding.transpose(tokens, by: shift)
                #expect(encoding.transpose(moved, by: -shift) == tokens, "\(shift) semitones")
                #expect(encoding.steps(of: moved) == encoding.steps(of: tokens))
                let notes = encoding.music(of: tokens).notesByProgram
                #expect(
                    encoding.music(of: moved).notesByProgram
                        == notes.mapValues { $0.map { $0.moved(by: shift) } })
            }
        }
    }

    @Test(arguments: EncodingCase.all)
    func transposingPastTheEdgeDropsNotesWhole(of law: EncodingCase) {
        let encoding = law.encoding
        for seed in 0..<4 {
            let tokens = encoding.encode(Music.any(seed: seed)).tokens
            for shift in [-40, -9, 6, 40] {
                let moved = encoding.transpose(tokens, by: shift)
                let (music, report) = encoding.decode(
                    moved, ticksPerQuarter: 480, rule: .unlimited)
                #expect(report == DecodingReport())
                #expect(encoding.steps(of: moved) == encoding.steps(of: tokens))
                #expect(encoding.encode(music).report.losses.isEmpty)
            }
        }
    }
}

extension MusicEncoding {
    func music(of tokens: [Int]) -> Score {
        decode(tokens, ticksPerQuarter: 480, rule: .unlimited).score
    }
}

extension Note {
    fileprivate func moved(by semitones: Int) -> Note {
        note(pitch.number + semitones, at: onset.count, for: duration.count)
    }
}
