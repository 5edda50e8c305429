import Clara
import Encodings
import Networks
import Testing

/// What is told of takes while they are written is what they are in the end.
@Suite struct FollowingTests {
    /// The encodings whose text can be followed.
    private static let encodings: [any MusicEncoding] = [
        NotewiseEncoding(), NotewiseEncoding(NoteGrid(ensemble: .duet)),
        BarwiseEncoding(NoteGrid()), BarwiseEncoding(NoteGrid(ensemble: .duet)),
    ]

    private func settings(
        bars: Int = 4, takes: Int = 3, seed: Int = 1
    ) throws -> ContinuationSettings {
        try ContinuationSettings(length: .bars(bars), takes: takes, sampling: .plain, seed: seed)
    }

    /// A melody of quarters over held chords, in 3/4.
    private func prompt(bars: Int) throws -> Score {
        func note(_ pitch: Int, _ quarter: Int, _ quarters: Int, _ velocity: Int) throws -> Note {
            Note(
                pitch: try #require(Pitch(pitch)), onset: Ticks(480 * quarter),
                duration: Ticks(480 * quarters), velocity: try #require(Velocity(velocity)))
        }
        let meter = try #require(Meter(3, 4))
        return Score(
            meterMap: MeterMap([.init(tick: .zero, meter: meter)]),
            parts: [
                Part(
                    name: "melody", program: 40,
                    notes: try (0..<3 * bars).map { try note([76, 79, 72][$0 % 3], $0, 1, 96) }),
                Part(
                    name: "right",
                    notes: try (0..<bars).map { try note(64 + $0 % 2, 3 * $0, 3, 70) }),
                Part(name: "left", notes: try (0..<bars).map { try note(48, 3 * $0, 2, 40) }),
            ])
    }

    private struct Followed {
        var notes: [Int: WrittenNote] = [:]
        var tempos: [TempoMap.Change] = []
        var reached = Ticks.zero
    }

    @Test(arguments: encodings.indices)
    func theNotesToldAreTheNotesWritten(encoding: Int) throws {
        let model = try RandomModel.make(Self.encodings[encoding])
        let continuation = try Continuation(
            of: prompt(bars: 2), named: "prompt", by: model, settings: settings())
        var followed = [Followed](repeating: Followed(), count: 3)
        var whole: [Int: Take] = [:]
        try continuation.follow {
            false
        } report: { event in
            switch event {
            case .music(let notes, let tempos, let take, let tick):
                #expect(whole[take] == nil, "nothing is told of a complete take")
                #expect(tick >= followed[take].reached)
                followed[take].reached = tick
                for note in notes {
                    let former = followed[take].notes.updateValue(note, forKey: note.id)
                    #expect(former?.isOpen ?? true, "a whole note is told once")
                }
                followed[take].tempos += tempos
            case .complete(let take, let index): whole[index] = take
            }
        }
        for (index, take) in try continuation.takes().enumerated() {
            let complete = try #require(whole[index])
            #expect(complete.score == take.score)
            #expect(complete.logProbability == take.logProbability)
            #expect(followed[index].notes.values.allSatisfy { !$0.isOpen })
            #expect(take.notes > 0 && followed[index].notes.count == take.notes)
            let given = try prompt(bars: 2).parts.count
            for (place, part) in take.score.parts.enumerated() {
                let told = followed[index].notes.values.filter {
                    switch $0.part {
                    case .given(let given): given == place
                    case .new(let program): place >= given && program == part.program
                    }
                }.map(\.note)
                let new = part.notes.filter { $0.onset >= continuation.start }
                #expect(Set(told) == Set(new))
            }
            let tempos = take.score.tempoMap.changes.filter { $0.tick >= continuation.start }
            #expect(TempoMap(followed[index].tempos).changes.suffix(tempos.count) == tempos[...])
        }
    }

    @Test func notesAreToldBeforeTheTakeIsComplete() throws {
        let model = try RandomModel.make(BarwiseEncoding(NoteGrid()))
        let continuation = try Continuation(
            of: prompt(bars: 1), named: "prompt", by: model, settings: settings(bars: 8, takes: 1))
        var ticks: [Ticks] = []
        try continuation.follow {
            false
        } report: {
            if case .music(_, _, _, let tick) = $0 { ticks.append(tick) }
        }
        let early = try #require(ticks.first)
        #expect(early < continuation.start + Ticks(4 * 3 * 480), "in the first half")
        #expect(Set(ticks).count > 8)
    }

    @Test func aCancelledTakeIsNotComplete() throws {
        let model = try RandomModel.make()
        let continuation = try Continuation(
            of: prompt(bars: 1), named: "prompt", by: model, settings: settings(bars: 64))
        var steps = 0
        #expect(throws: CancellationError.self) {
            try continuation.follow {
                steps += 1
                return steps > 20
            } report: {
                if case .complete = $0 { Issue.record("it was cancelled") }
            }
        }
        #expect(steps == 21, "no step more was taken")
    }

    /// A pause before the place counts as music.
    @Test(arguments: encodings.indices)
    func aPieceGoesOnAtTheBarThatIsAskedFor(encoding: Int) throws {
        let model = try RandomModel.make(Self.encodings[encoding])
        let place = Ticks(5 * 3 * 480)
        let continuation = try Continuation(
            of: prompt(bars: 2), named: "prompt", at: place, by: model, settings: settings())
        #expect(continuation.start == place)
        #expect(continuation.end == Ticks(9 * 3 * 480))
        for take in try continuation.takes() {
            let onsets = take.score.parts.flatMap(\.notes).map(\.onset).filter {
                $0 >= Ticks(2 * 3 * 480)
            }
            #expect(onsets.allSatisfy { $0 >= place && $0 < continuation.end })
        }
    }

    @Test(arguments: encodings.indices)
    func takesAreTheSameWithAMemory(encoding: Int) throws {
        let model = try RandomModel.make(Self.encodings[encoding], precision: .int8)
        let memory = PromptMemory(of: model)
        for bars in [12, 3, 12, 8, 9] {
            let prompt = try prompt(bars: bars)
            let plain = try Continuation(
                of: prompt, named: "prompt", by: model, settings: settings(takes: 2))
            let remembering = try Continuation(
                of: prompt, named: "prompt", by: model, settings: settings(takes: 2),
                memory: memory)
            #expect(try remembering.takes().map(\.score) == plain.takes().map(\.score))
        }
        #expect(memory.count > 1)
    }
}
