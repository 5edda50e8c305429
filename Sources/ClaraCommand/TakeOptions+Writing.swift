import ArgumentParser
import Clara

extension TakeOptions {
    /// Makes the takes with what belongs to them, and says what was made.
    ///
    /// - Parameters:
    ///   - settings: these options'. A seed that is not given is another one each time.
    ///   - standardModel: the model that is used where none is named.
    ///   - prepare: reads where the takes begin; says what was repaired and left out there.
    func write(
        _ settings: ContinuationSettings, named name: String, apartFrom prompt: String? = nil,
        newOnly: Bool = false, standardModel: String = "piano",
        prepare: (ModelBundle, OriginalitySource?) throws -> (Continuation, ReadingReport)
    ) throws {
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        var watch = Stopwatch()
        let files = TakeFiles(
            output: output, named: name, apartFrom: prompt, origins: settings.origins)
        try files.check()
        let companions = try companions.companions()
        for path in files.paths { try companions.check(beside: path) }
        let bundle = try ModelBundle(
            path: ModelLocator.here.path(of: model ?? standardModel), precision: precision)
        let ranker = try ranker()
        let source = original ? try OriginalitySource(besideModel: bundle.path) : nil
        let load = watch.lap()
        let (continuation, reading) = try prepare(bundle, source)
        let read = watch.lap()
        let time = TimeLeft()
        let written = try continuation.takes(newOnly: newOnly) {
            progress.show("writing \(settings.takes.of("take")): \(time.text(share: $0))")
        }
        let generate = watch.lap()
        try files.write(written)
        let write = watch.lap()
        let made = try make(companions, of: written, beside: files.paths, progress)
        let places = try ranker?.places(of: written)
        let doubts = ranker?.remarks(on: written, ofBars: continuation.bars, by: bundle) ?? []
        let timing = ContinuationResult.Timing(
            load: load, prompt: read, generate: generate, write: write,
            companions: companions.isEmpty ? nil : watch.lap())
        let result = ContinuationResult(
            continuation, takes: written, files: files.paths, made: made, places: places,
            model: bundle, reading: reading, doubts: doubts, timing: timing)
        try progress.say(json ? result.jsonText() : result.summary)
        for doubt in doubts { Terminal().remark("clara: \(doubt.onOneLine)") }
    }

    /// Nil where takes stay in the order of their seeds.
    private func ranker() throws -> TakeRanker? {
        switch rank {
        case nil: nil
        case .likelihood: try TakeRanker(critic: nil)
        case .critic:
            try TakeRanker(critic: ClassifierBundle(named: critic ?? "critic", kind: .critic))
        }
    }

    /// Sound and pictures of the takes. Who asks to stop keeps the takes, and what is made of them.
    private func make(
        _ companions: TakeCompanions, of takes: [Take], beside paths: [String],
        _ progress: ProgressLine
    ) throws -> [TakeCompanions.Made] {
        let stop = StopRequest { progress.showNow("stopping") }
        stop.postpone()
        let time = TimeLeft()
        do {
            return try zip(takes, paths).enumerated().map { index, take in
                try companions.make(
                    for: take.0, beside: take.1, shouldStop: { stop.signal != nil },
                    progress: { share in
                        let done = (Double(index) + share) / Double(takes.count)
                        progress.show(
                            "playing \(takes.count.of("take")): \(time.text(share: done))")
                    })
            }
        } catch {
            guard stop.signal != nil else { throw error }
            progress.clear()
            throw stop.farewell("\(error); all takes are there as MIDI files")
        }
    }
}

/// Tells how long each part of a task took.
private struct Stopwatch {
    private let clock = ContinuousClock()
    private var last = ContinuousClock.now

    /// Seconds since the last call, or since the beginning.
    mutating func lap() -> Double {
        defer { last = clock.now }
        return (clock.now - last) / .seconds(1)
    }
}
