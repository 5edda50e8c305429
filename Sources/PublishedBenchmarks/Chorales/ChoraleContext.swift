import Networks

/// What a text of chorales tells at each place that its reader would otherwise have to keep count of:
/// whose note is next, where in the bar, what every voice has and for how long, which have moved in
/// this step, and what came next where the piece was like this before. All of it is past.
package struct ChoraleContext: StreamContext {
    private var shift = 0
    private var voices = [ChoraleVoice](repeating: ChoraleVoice(), count: ChoralePieces.voices)
    /// Whole steps.
    private var steps = RepetitionFinder<SIMD4<UInt8>>()
    private var sopranos = RepetitionFinder<UInt8>()
    private var phases = ChoraleFeatures.phasePeriods.map { PhaseFinder(period: $0) }
    /// The voice whose token is next.
    private var voice = 0
    /// The values of this step so far.
    private var current = SIMD4<UInt8>()
    /// Whether what is written of this step is as after the longest repetition.
    private var isRepeating = false

    package init() {}

    package mutating func advance(_ token: Int) {
        if token == Transposition.start {
            reset()
        } else if let shift = Transposition.shift(ofWord: token) {
            self.shift = shift
        } else {
            write(UInt8(token - ChoraleText.rest))
        }
    }

    private mutating func reset() {
        shift = 0
        for index in voices.indices { voices[index].reset() }
        steps.reset()
        sopranos.reset()
        for index in phases.indices { phases[index].reset() }
        voice = 0
        isRepeating = false
    }

    private mutating func write(_ value: UInt8) {
        if let match = steps.match, steps.items[match.next][voice] != value { isRepeating = false }
        current[voice] = value
        if voice == 0 { sopranos.append(value) }
        if voices[voice].latest != value {
            for index in phases.indices { phases[index].note(1, at: step) }
        }
        voices[voice].append(value)
        voice += 1
        guard voice == ChoralePieces.voices else { return }
        voice = 0
        steps.append(current)
        isRepeating = steps.match != nil
    }

    /// The number of the step that is being written.
    private var step: Int { steps.items.count }

    package func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        for token in allowed.indices { allowed[token] = false }
        allowed[ChoraleText.rest] = true
        let lowest = ChoraleText.rest + 1 + shift - Transposition.shifts.lowerBound
        for token in lowest..<lowest + ChoralePieces.pitches.count { allowed[token] = true }
    }

    package func appendIDs(to ids: inout [Int32]) {
        let layout = ChoraleFeatures.layout
        appendTime(layout, to: &ids)
        appendPast(layout, to: &ids)
        appendPresent(layout, to: &ids)
        appendRepetitions(layout, to: &ids)
        ids.append(layout.shift(shift - Transposition.shifts.lowerBound))
    }

    private func appendTime(_ layout: ChoraleFeatures, to ids: inout [Int32]) {
        ids.append(layout.place(voice, step % 16))
        ids.append(layout.placeInThree(voice, step % 12))
        ids.append(layout.quarter(step / 4 % 16))
        ids.append(layout.bar(step / 16 % 8))
        for (finder, block) in zip(phases, layout.phases) {
            ids.append(block(finder.phase(at: step)))
        }
        if step < ChoraleFeatures.openings { ids.append(layout.opening(step)) }
    }

    private func appendPast(_ layout: ChoraleFeatures, to ids: inout [Int32]) {
        guard let before = steps.items.last else { return }
        for index in voices.indices {
            ids.append(layout.before(voice, index, Int(before[index])))
            ids.append(layout.held(index, SpanClass.of(voices[index].span)))
            if let pitchClass = pitchClass(before[index]) {
                ids.append(layout.classes(0, pitchClass))
            }
        }
        let span = voices[voice].span
        ids.append(layout.heldHere(voice, SpanClass.of(span), step % 4))
        let lasting = 2 * lastingClass(span) + (step % 4 == 0 ? 1 : 0)
        ids.append(layout.lasting(voice, Int(before[voice]), lasting))
        for (lag, block) in zip(ChoraleFeatures.lags, layout.lagged) {
            guard let value = voices[voice].value(stepsAgo: lag) else { continue }
            ids.append(block(voice, Int(value)))
        }
        for (value, block) in zip(voices[voice].former, layout.former) {
            ids.append(block(voice, Int(value)))
        }
    }

    private func lastingClass(_ span: Int) -> Int {
        switch span {
        case ..<2: 0
        case ..<4: 1
        case 4: 2
        case ..<9: 3
        default: 4
        }
    }

    private func appendPresent(_ layout: ChoraleFeatures, to ids: inout [Int32]) {
        let before = steps.items.last
        var changes = 0
        for index in 0..<voice {
            ids.append(layout.now(voice, index, Int(current[index])))
            if let pitchClass = pitchClass(current[index]) {
                ids.append(layout.classes(1, pitchClass))
            }
            guard let before else { continue }
            if current[index] != before[index] { changes |= 1 << index }
            ids.append(layout.motion(index, distance(from: before[index], to: current[index])))
        }
        appendIntervals(layout, to: &ids)
        guard let before else { return }
        ids.append(layout.changed(voice, changes, step % 4))
        let isChanging = voice == 0 || changes != 0 ? 3 : 0
        let beat = step % 4 == 0 ? 0 : step % 4 == 2 ? 1 : 2
        ids.append(layout.staying(voice, Int(before[voice]), isChanging + beat))
        guard voice > 0 else { return }
        ids.append(
            layout.distance(voice, distance(from: before[voice], to: current[voice - 1])))
        if let bass = pitchClass(before[3]), let soprano = pitchClass(current[0]) {
            ids.append(layout.outer(bass, soprano))
        }
    }

    private func appendIntervals(_ layout: ChoraleFeatures, to ids: inout [Int32]) {
        for (index, pair) in [(0, 1), (0, 2), (1, 2)].enumerated() where pair.1 < voice {
            let (upper, lower) = (current[pair.0], current[pair.1])
            let isRest = upper == 0 || lower == 0
            let interval = (Int(upper) - Int(lower) + 120) % 12
            ids.append(layout.intervals(index, isRest ? 12 : interval))
        }
    }

    private func appendRepetitions(_ layout: ChoraleFeatures, to ids: inout [Int32]) {
        if let match = steps.match {
            let value = Int(steps.items[match.next][voice])
            ids.append(
                isRepeating
                    ? layout.repeated(voice, value, repetitionClass(match.length))
                    : layout.failed(voice, value))
        }
        if let match = sopranos.match {
            // Once the soprano of this step is written, the match is up to this step.
            let place = voice == 0 ? match.next : match.next - 1
            guard place < step else { return }
            let length = min(ChoraleFeatures.sopranoClasses - 1, match.length / 12)
            ids.append(layout.underSoprano(voice, Int(steps.items[place][voice]), length))
        }
    }

    private func repetitionClass(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<8: 1
        case ..<16: 2
        case ..<32: 3
        default: 4
        }
    }

    /// In semitones within limits, from 0; the middle also where one is a rest.
    private func distance(from first: UInt8, to second: UInt8) -> Int {
        let most = ChoraleFeatures.motionLimit
        guard first > 0, second > 0 else { return most }
        return most + min(most, max(-most, Int(second) - Int(first)))
    }

    /// Nil for a rest.
    private func pitchClass(_ value: UInt8) -> Int? {
        value == 0 ? nil : (Int(value) - 1 + ChoraleText.pitches.lowerBound) % 12
    }
}
