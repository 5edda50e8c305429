import Networks

/// What a text of frames tells at each place that its reader would otherwise have to keep count of:
/// the frame's number in bars of several lengths, what is written of it, what sounded before and for
/// how long, and what came next where the piece was like this before. All of it is past.
package struct FrameContext: StreamContext {
    private var shift = 0
    private var past = FramePast()
    private var guesses = FrameGuesses()
    /// What is written of the present frame, as keys of the text's range.
    private var current = PitchSet()
    /// How many frames each key has been sounding, up to the latest frame.
    private var spans = [Int](repeating: 0, count: FrameFeatures.keys)
    private var phases = FrameFeatures.phasePeriods.map { PhaseFinder(period: $0) }
    /// The one whose period is eight frames.
    private var eightFrames: PhaseFinder { phases[2] }

    package init() {}

    package mutating func advance(_ token: Int) {
        if token == Transposition.start {
            reset()
        } else if let shift = Transposition.shift(ofWord: token) {
            self.shift = shift
        } else if token == FrameText.end {
            guesses.check(nil, from: bound)
            endFrame()
        } else {
            let key = token - FrameText.firstPitch
            guesses.check(key, from: bound)
            current.insert(key)
        }
    }

    /// The lowest key that may come next.
    private var bound: Int { current.highest.map { $0 + 1 } ?? 0 }

    private mutating func reset() {
        shift = 0
        past.reset()
        guesses.reset()
        current = PitchSet()
        for key in spans.indices { spans[key] = 0 }
        for index in phases.indices { phases[index].reset() }
    }

    private mutating func endFrame() {
        let struck = current.count { !past.latest.contains($0) }
        for index in phases.indices { phases[index].note(struck, at: past.frames.items.count) }
        for key in spans.indices { spans[key] = current.contains(key) ? spans[key] + 1 : 0 }
        past.append(current)
        guesses.advance(past)
        current = PitchSet()
    }

    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        for token in allowed.indices { allowed[token] = false }
        allowed[FrameText.end] = true
        let lowest = shift - Transposition.shifts.lowerBound
        let highest = lowest + FramePieces.pitches.count - 1
        for key in max(lowest, bound)..<max(lowest, bound, highest + 1) {
            allowed[FrameText.firstPitch + key] = true
        }
    }

    package func appendIDs(to ids: inout [Int32]) {
        let layout = FrameFeatures.layout
        appendPast(layout, to: &ids)
        appendGuesses(layout, to: &ids)
        appendPresent(layout, to: &ids)
        appendTime(layout, to: &ids)
        ids.append(layout.shift(shift - Transposition.shifts.lowerBound))
    }

    private func appendPast(_ layout: FrameFeatures, to ids: inout [Int32]) {
        let items = past.frames.items
        guard let latest = items.last else { return }
        for key in latest {
            let span = min(FrameFeatures.heldClasses, SpanClass.of(spans[key])) - 1
            ids.append(layout.held(span, key))
            ids.append(layout.classes(0, pitchClass(key)))
        }
        if items.count > 1 {
            for key in items[items.count - 2] { ids.append(layout.earlier(key)) }
        }
    }

    private func appendGuesses(_ layout: FrameFeatures, to ids: inout [Int32]) {
        let bound = bound
        for (index, guess) in guesses.guesses.enumerated() {
            guard let frame = guess.frame else { continue }
            let next = frame.lowest(from: bound) ?? FrameFeatures.keys
            ids.append(layout.expected(index, guess.standing, next))
            ids.append(layout.trust(index, guess.isRight ? 1 : 0, guess.record))
            if index == 0, guess.isRight {
                ids.append(layout.staying(eightFrames.phase(at: past.frames.items.count), next))
            }
            guard index == FrameGuesses.repetition, let match = past.frames.match else { continue }
            let length = SpanClass.of(match.length)
            ids.append(guess.isRight ? layout.repeated(length, next) : layout.failed(length))
        }
        if let match = past.tops.match, past.tops.items[match.next] >= 0 {
            ids.append(layout.melody(melodyClass(match.length), past.tops.items[match.next]))
        }
    }

    private func melodyClass(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<8: 1
        case ..<16: 2
        default: 3
        }
    }

    private func appendPresent(_ layout: FrameFeatures, to ids: inout [Int32]) {
        let latest = past.latest
        let number = current.count
        let limit = FrameFeatures.voices
        ids.append(layout.sizes(min(number, limit), min(latest.count, limit)))
        for key in current {
            ids.append(layout.written(key))
            ids.append(layout.classes(1, pitchClass(key)))
        }
        let voices = Array(latest.prefix(number + 1))
        var motion: Int?
        if let top = current.highest, let bass = current.lowest {
            ids.append(layout.interval(pitchClass(bass), pitchClass(top)))
            if number <= limit { ids.append(layout.latest(number - 1, top)) }
            if number <= voices.count { motion = top - voices[number - 1] }
        }
        if number < min(limit, voices.count) {
            let direction = motion.map { $0 == 0 ? 0 : $0 < 0 ? 1 : 2 } ?? 0
            ids.append(layout.voice(number, voices[number], direction))
        }
        guard let motion, number <= limit else { return }
        let most = FrameFeatures.motionLimit
        ids.append(layout.motion(number - 1, min(most, max(-most, motion)) + most))
    }

    private func appendTime(_ layout: FrameFeatures, to ids: inout [Int32]) {
        let step = past.frames.items.count
        for (period, block) in zip(FrameFeatures.periods, layout.places) {
            ids.append(block(step % period))
        }
        for (finder, block) in zip(phases, layout.phases) {
            ids.append(block(finder.phase(at: step)))
        }
        for (index, age) in past.ages.enumerated() {
            ids.append(layout.ages(index, SpanClass.of(age)))
        }
        if step < FrameFeatures.openings { ids.append(layout.opening(step)) }
    }

    private func pitchClass(_ key: Int) -> Int { (key + FrameText.pitches.lowerBound) % 12 }
}
