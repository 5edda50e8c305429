import Clara
import Encodings
import Foundation
import Networks
import Testing

/// What holds for every continuation, whatever the network: a network of random weights will do.
@Suite struct ContinuationTests {
    private let model: ModelBundle

    init() throws {
        model = try RandomModel.make()
    }

    private func settings(
        _ length: ContinuationSettings.Length = .bars(2), takes: Int = 3, seed: Int = 1
    ) throws -> ContinuationSettings {
        try ContinuationSettings(length: length, takes: takes, sampling: .plain, seed: seed)
    }

    /// Quarter notes C D E F of a bar of 4/4 in the right hand over a whole note C in the left.
    private func prompt(
        ticksPerQuarter: Int = 480, meters: MeterMap = MeterMap(), bars: Int = 1
    ) throws -> Score {
        func note(_ pitch: Int, _ onset: Int, _ quarters: Int, _ velocity: Int) throws -> Note {
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(onset * ticksPerQuarter),
                duration: Ticks(quarters * ticksPerQuarter),
                velocity: try #require(Velocity(velocity)))
        }
        let right = try (0..<4 * bars).map { try note([72, 74, 76, 77][$0 % 4], $0, 1, 90) }
        let left = try (0..<bars).map { try note(48, 4 * $0, 4, 50) }
        return Score(
            ticksPerQuarter: ticksPerQuarter, meterMap: meters,
            parts: [Part(name: "right", notes: right), Part(name: "left", notes: left)])
    }

    @Test func takesEndOnTheBarLineAndKeepThePrompt() throws {
        let prompt = try prompt()
        let continuation = try Continuation(
            of: prompt, named: "prompt", by: model, settings: settings())
        #expect(continuation.bars == 2)
        for take in try continuation.takes() {
            #expect(take.end == Ticks(3 * 4 * 480))
            #expect(take.score.end <= take.end)
            for (part, original) in zip(take.score.parts, prompt.parts) {
                #expect(part.name == original.name)
                #expect(part.notes.filter { $0.onset.count < 4 * 480 } == original.notes)
            }
            let new = take.score.parts.flatMap(\.notes).count { $0.onset.count >= 4 * 480 }
            #expect(new == take.notes)
        }
    }

    @Test func barwiseTakesBringTheirOwnTempoPedalAndLoudness() throws {
        let barwise = try RandomModel.make(BarwiseEncoding(NoteGrid()))
        let prompt = try prompt()
        let continuation = try Continuation(
            of: prompt, named: "prompt", by: barwise, settings: settings(.bars(8)))
        let seam = Ticks(4 * 480)
        let takes = try continuation.takes()
        for take in takes {
            #expect(take.score.tempoMap.change(at: .zero) == prompt.tempoMap.changes[0])
        }
        #expect(takes.contains { $0.score.tempoMap.changes.contains { $0.tick >= seam } })
        let parts = takes.flatMap(\.score.parts)
        #expect(parts.flatMap(\.pedals).contains { $0.down >= seam })
        let velocities = parts.flatMap(\.notes).filter { $0.onset >= seam }.map(\.velocity.value)
        #expect(!Set(velocities).isSubset(of: [50, 90]))
    }

    @Test func theTempoIsKeptWhereThatIsAskedFor() throws {
        let barwise = try RandomModel.make(BarwiseEncoding(NoteGrid()))
        let prompt = try prompt()
        let steady = try ContinuationSettings(
            length: .bars(8), takes: 4, sampling: .plain, seed: 1, keepsTempo: true)
        let takes = try Continuation(
            of: prompt, named: "prompt", by: barwise, settings: steady
        ).takes()
        #expect(takes.allSatisfy { $0.score.tempoMap == prompt.tempoMap })
        #expect(takes.allSatisfy { $0.score.texts.contains { $0.contains("\"steady\":true") } })
    }

    /// A network of random weights would write every meter there is.
    @Test(arguments: [(3, 4), (4, 4), (7, 8)])
    func barwiseTakesKeepTheMeter(numerator: Int, denominator: Int) throws {
        let barwise = try RandomModel.make(BarwiseEncoding(NoteGrid()))
        let meters = MeterMap([
            .init(tick: .zero, meter: try #require(Meter(numerator, denominator)))
        ])
        for take in try Continuation(
            of: prompt(meters: meters, bars: 7), named: "prompt", by: barwise,
            settings: settings(.bars(8))
        ).takes() {
            #expect(take.score.meterMap == meters)
            let line = meters.barLine(atOrAfter: take.end, ticksPerQuarter: 480)
            #expect(take.end == line)
        }
    }

    /// What a prompt's file says of later on, the model was not told.
    @Test func takesHaveTheirOwnTempoWhereThePromptsFileTellsLaterOnes() throws {
        let barwise = try RandomModel.make(BarwiseEncoding(NoteGrid()))
        let prompt = try prompt()
        var longer = prompt
        longer.tempoMap = TempoMap([
            .init(tick: Ticks(480), microsecondsPerQuarter: 400_000),
            .init(tick: Ticks(5 * 480), microsecondsPerQuarter: 123_456),
        ])
        for take in try Continuation(
            of: longer, named: "prompt", by: barwise, settings: settings(.bars(8))
        ).takes() {
            let tempos = take.score.tempoMap.changes
            #expect(tempos.prefix(2) == longer.tempoMap.changes.prefix(2))
            #expect(!tempos.contains { $0.microsecondsPerQuarter == 123_456 })
        }
    }

    @Test func newNotesAreAsLoudAsTheirPart() throws {
        let continuation = try Continuation(
            of: prompt(), named: "prompt", by: model, settings: settings(.bars(4)))
        for take in try continuation.takes(newOnly: true) {
            #expect(Set(take.score.parts[0].notes.map(\.velocity.value)).isSubset(of: [90]))
            #expect(Set(take.score.parts[1].notes.map(\.velocity.value)).isSubset(of: [50]))
        }
    }

    @Test func newOnlyIsTheSameMusicFromTheLastBarLine() throws {
        let continuation = try Continuation(
            of: prompt(), named: "prompt", by: model, settings: settings())
        let whole = try continuation.takes()
        let new = try continuation.takes(newOnly: true)
        for (whole, new) in zip(whole, new) {
            #expect(new.end == Ticks(2 * 4 * 480))
            for (all, some) in zip(whole.score.parts, new.score.parts) {
                let moved = all.notes.filter { $0.onset.count >= 1920 }.map {
                    $0.onset.count - 1920
                }
                #expect(some.notes.map(\.onset.count) == moved)
            }
        }
    }

    @Test func takeIsTheSameAloneAndAmongOthers() throws {
        func take(_ takes: Int, _ seed: Int, _ index: Int) throws -> Take {
            try Continuation(
                of: prompt(), named: "prompt", by: model,
                settings: settings(takes: takes, seed: seed)
            ).takes()[index]
        }
        let among = try take(5, 10, 3)
        let alone = try take(1, 13, 0)
        #expect(among.seed == 13 && alone.seed == 13)
        #expect(among.score == alone.score)
        #expect(among.logProbability == alone.logProbability)
    }

    @Test(
        "New notes fall on whole steps at any resolution", arguments: [1, 7, 96, 100, 480, 32_767])
    func everyResolutionWorks(ticksPerQuarter: Int) throws {
        let prompt = try prompt(ticksPerQuarter: ticksPerQuarter)
        let continuation = try Continuation(
            of: prompt, named: "prompt", by: model, settings: settings())
        for take in try continuation.takes() {
            let score = take.score
            #expect(take.end.count == 12 * score.ticksPerQuarter)
            #expect(abs(score.seconds(at: take.end) - 6) < 1e-9)
            for note in score.parts.flatMap(\.notes) where score.ticksPerQuarter % 12 == 0 {
                #expect(note.onset.count * 12 % score.ticksPerQuarter == 0)
            }
        }
    }

    @Test func secondsReachTheNextBarLine() throws {
        // A bar of 4/4 at 120 quarters a minute lasts two seconds.
        for (seconds, bars) in [(0.1, 1), (2.0, 1), (2.1, 2), (7.9, 4)] {
            let continuation = try Continuation(
                of: prompt(), named: "prompt", by: model, settings: settings(.seconds(seconds)))
            #expect(continuation.bars == bars)
        }
    }

    @Test func notesOfTheStepInWhichThePromptEndsAreKept() throws {
        // To the model both prompts are the same, but the second ends within a step, of 40 ticks.
        func takes(endingAt end: Int) throws -> [Take] {
            var prompt = try prompt()
            let last = Note(
                pitch: try #require(Pitch(72)), onset: Ticks(1920), duration: Ticks(end - 1920))
            prompt.parts[0] = Part(notes: prompt.parts[0].notes + [last])
            return try Continuation(
                of: prompt, named: "prompt", by: model, settings: settings(takes: 16)
            ).takes(newOnly: true)
        }
        let onGrid = try takes(endingAt: 2400)
        let offGrid = try takes(endingAt: 2410)
        #expect(onGrid.map(\.notes) == offGrid.map(\.notes))
        var moved = 0
        for (on, off) in zip(onGrid, offGrid) {
            for (on, off) in zip(on.score.parts, off.score.parts) {
                let first = Ticks(490)  // The seam's place in its bar.
                #expect(off.notes.map(\.onset) == on.notes.map { max($0.onset, first) })
                #expect(off.notes.map(\.end) == on.notes.map(\.end))
                moved += on.notes.count { $0.onset < first }
            }
        }
        #expect(moved > 0, "else nothing is tested")
    }

    @Test func aCancelledTaskGetsNoTakes() async throws {
        let continuation = try Continuation(
            of: prompt(), named: "prompt", by: model, settings: settings())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try continuation.takes()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Of a long prompt the model reads the end, at whatever place that begins.
    @Test("A long prompt goes on", arguments: [1_199, 1_200])
    func longPromptIsContinued(bars: Int) throws {
        let prompt = try prompt(bars: bars)
        let continuation = try Continuation(
            of: prompt, named: "prompt", by: model, settings: settings(takes: 1))
        let take = try #require(try continuation.takes().first)
        #expect(take.end == Ticks((bars + 2) * 4 * 480))
        for (part, original) in zip(take.score.parts, prompt.parts) {
            #expect(part.notes.filter { $0.onset.count < bars * 4 * 480 } == original.notes)
        }
    }

    /// What precedes the end is forgotten, but not the place in the bar that the end is at.
    @Test func longPromptsThatEndAlikeGoOnAlike() throws {
        func new(_ first: Int) throws -> [Note] {
            var prompt = try prompt(bars: 1_200)
            let note = prompt.parts[1].notes[0]
            let other = Note(
                pitch: try #require(Pitch(first)), onset: note.onset, duration: note.duration,
                velocity: note.velocity)
            prompt.parts[1] = Part(name: "left", notes: [other] + prompt.parts[1].notes.dropFirst())
            let continuation = try Continuation(
                of: prompt, named: "prompt", by: model, settings: settings(takes: 1))
            return try continuation.takes(newOnly: true)[0].score.parts.flatMap(\.notes)
        }
        #expect(try new(47) == new(52))
    }

    @Test func promptsOwnTextsStayAndAnEarlierTakesSettingsGo() throws {
        var score = try prompt()
        score.texts = ["(c) a composer"]
        let first = try Continuation(
            of: score, named: "prompt", by: model, settings: settings(takes: 1)
        ).takes()[0]
        #expect(first.score.texts.count == 2 && first.score.texts[0] == "(c) a composer")
        let second = try Continuation(
            of: first.score, named: "prompt", by: model, settings: settings(takes: 1, seed: 9)
        ).takes()[0]
        #expect(second.score.texts.count == 2 && second.score.texts[0] == "(c) a composer")
        #expect(second.score.texts[1].contains("\"seed\":9"))
    }

    @Test(arguments: [false, true]) func aTakesTextTellsItsSeam(newOnly: Bool) throws {
        let take = try Continuation(
            of: prompt(), named: "prompt", by: model, settings: settings(takes: 1)
        ).takes(newOnly: newOnly)[0]
        let file = MIDIFile.write(take.score, endingAt: take.end)
        let score = try MIDIFile.read(file, named: "take").score
        let seam = try #require(TakeSettings.seam(of: score))
        let new = score.parts.flatMap(\.notes).filter { $0.onset >= seam }
        #expect(new.count == take.notes && take.start == seam)
        #expect(TakeSettings.seam(of: try prompt()) == nil)
    }

    @Test func drumsAreLeftOutAndCounted() throws {
        var score = try prompt()
        score.parts.append(Part(isDrums: true, notes: score.parts[1].notes))
        let continuation = try Continuation(
            of: score, named: "prompt", by: model, settings: settings())
        #expect(continuation.drumNotes == 1)
        #expect(try continuation.takes().allSatisfy { $0.score.parts.count == 2 })
    }

    @Test func whatCannotBeContinuedSaysWhy() throws {
        func text(_ score: Score, _ length: ContinuationSettings.Length = .bars(1)) -> String {
            do {
                _ = try Continuation(
                    of: score, named: "x.mid", by: model, settings: settings(length))
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(text(Score(parts: [])).hasPrefix("x.mid: has no notes;"))
        let drums = Score(parts: [Part(isDrums: true, notes: try prompt().parts[0].notes)])
        #expect(text(drums).hasPrefix("x.mid: has only drums"))
        let huge = try #require(Meter(255, 1))
        let meters = MeterMap([.init(tick: .zero, meter: huge)])
        #expect(text(try prompt(meters: meters), .bars(1000)).contains("quarter notes long"))
    }

    /// A few bytes can place a note at any time.
    @Test(arguments: ["notewise-62-12", "barwise-62-12", "barwise-62-4"])
    func whatBeginsLaterThanATextCanIsRefused(encoding: String) throws {
        let encoding = try #require(EncodingName(encoding)?.encoding(for: []))
        let model = try RandomModel.make(encoding)
        let limit = NoteGrid.mostSteps / encoding.stepsPerQuarter
        func error(at quarter: Int) throws -> ContinuationError? {
            var prompt = try prompt()
            let last = Note(
                pitch: prompt.parts[0].notes[0].pitch, onset: Ticks(480 * quarter),
                duration: Ticks(480))
            prompt.parts[0] = Part(notes: prompt.parts[0].notes + [last])
            let settings = try settings()
            do throws(ContinuationError) {
                _ = try Continuation(
                    of: prompt, named: "late.mid", by: model, settings: settings)
                return nil
            } catch {
                return error
            }
        }
        #expect(try error(at: limit - 20) == nil)
        for quarter in [limit - 8, limit + 8, 1 << 22] {
            let error = try #require(try error(at: quarter))
            #expect(error.description.hasPrefix("the continuation would end "))
            #expect(error.description.hasSuffix("\(limit) is the most; give its last bars alone"))
        }
    }

    @Test(
        "Numbers outside their range are refused",
        arguments: [
            (ContinuationSettings.Length.bars(0), 1, 1, "--bars must be"),
            (.bars(-1), 1, 1, "--bars must be"), (.seconds(0), 1, 1, "--seconds must be"),
            (.seconds(.nan), 1, 1, "--seconds must be"), (.bars(1), 0, 1, "--takes must be"),
            (.bars(1), 65, 1, "--takes must be"), (.bars(1), 1, -1, "--seed must be"),
            (.bars(1), 2, 1 << 53, "--seed must be"), (.bars(1), 64, .max, "--seed must be"),
        ])
    func settingsAreChecked(
        length: ContinuationSettings.Length, takes: Int, seed: Int, text: String
    ) throws {
        let error = #expect(throws: OutOfRange.self) {
            try ContinuationSettings(length: length, takes: takes, sampling: .plain, seed: seed)
        }
        #expect(try #require(error).description.hasPrefix(text))
    }
}

@Suite struct SeamTests {
    private func seam(endingAt end: Int, meters: MeterMap = MeterMap()) throws -> Seam {
        let note = Note(
            pitch: try #require(Pitch(60)), onset: .zero, duration: Ticks(end))
        let score = Score(meterMap: meters, parts: [Part(notes: [note])])
        let encoding = NotewiseEncoding()
        return Seam(
            after: score, tokens: encoding.encode(score).tokens, length: .bars(2),
            encoding: encoding)
    }

    @Test(
        "A prompt released a little early goes on at the bar line", arguments: [1800, 1850, 1920])
    func nearBarLineCounts(end: Int) throws {
        let seam = try seam(endingAt: end)
        #expect(seam.start == Ticks(1920) && seam.startStep == 48)
        #expect(seam.end == Ticks(3 * 1920) && seam.endStep == 3 * 48 && seam.bars == 2)
    }

    @Test func promptEndingWithinABarGoesOnThere() throws {
        let seam = try seam(endingAt: 960)
        #expect(seam.start == Ticks(960) && seam.barLine == .zero)
        #expect(seam.end == Ticks(3 * 1920))
        #expect(seam.bars == 3, "the rest of the bar, and two whole ones")
    }

    @Test func meterThatHoldsAtTheEndCounts() throws {
        let three = try #require(Meter(3, 4))
        let seam = try seam(
            endingAt: 1920, meters: MeterMap([.init(tick: Ticks(1920), meter: three)]))
        #expect(seam.end == Ticks(1920 + 2 * 1440))
    }
}

@Suite struct PartAssignmentTests {
    @Test func notesGoToTheNearerHand() throws {
        func notes(_ pitches: [Int]) throws -> [Note] {
            try pitches.enumerated().map { index, pitch in
                Note(
                    pitch: try #require(Pitch(pitch)), onset: Ticks(index * 480),
                    duration: Ticks(480))
            }
        }
        let prompt = [Part(notes: try notes([72, 76, 79])), Part(notes: try notes([40, 43, 48]))]
        var parts = prompt.map { _ in Part(notes: []) }
        PartAssignment(prompt, encoding: NotewiseEncoding())
            .add([Part(notes: try notes([74, 45, 70, 41, 61]))], to: &parts)
        #expect(parts.map { $0.notes.map(\.pitch.number) } == [[74, 70, 61], [45, 41]])
    }
}
