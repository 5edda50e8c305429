import Foundation
import Score

/// The 388-event performance vocabulary: 128 strikes, 128 releases, 100 shifts of time by 10 ms to 1 s
/// and 32 velocities (Oore et al., *This Time with Feeling*, 2018). The pedal lengthens notes.
///
/// A step is 10 ms, so a text knows no bars: decoded, it is music at 120 quarters a minute.
package struct PerformanceEncoding: Hashable, Sendable, MusicEncoding {
    package let vocabulary = Vocabulary(
        words: (0..<128).map { "on\($0)" } + (0..<128).map { "off\($0)" }
            + (1...100).map { "shift\($0)" } + (0..<VelocityScale.count).map { "vel\($0)" })
    private static let firstOn = 2
    private static let firstOff = 130
    private static let firstShift = 258
    private static let firstVelocity = 358

    package let identifier = "performance"
    package let stepsPerQuarter = 50
    package let neverHeld: [MusicAspect] = [.tempo, .meter, .key, .pedal, .parts, .timing]

    package init() {}
    package static func == (a: Self, b: Self) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}

    package func encode(_ score: Score) -> (tokens: [Int], report: EncodingReport) {
        var report = EncodingReport(neverHeld: neverHeld)
        var notes: [PerformedNote] = []
        for part in score.parts {
            if part.isDrums { report.add(.drums, notes: part.notes.count) }
            for note in part.notes where !part.isDrums {
                var end = note.end
                if let pedal = part.pedals.last(where: { $0.down < note.end }),
                    pedal.up > note.end
                {
                    end = pedal.up
                }
                let start = Int((score.seconds(at: note.onset) * 100).rounded())
                notes.append(
                    PerformedNote(
                        step: start, pitch: note.pitch.number,
                        end: max(start + 1, Int((score.seconds(at: end) * 100).rounded())),
                        velocity: VelocityScale.index(note.velocity)))
            }
        }
        notes.sort { ($0.step, $0.pitch, $1.end) < ($1.step, $1.pitch, $0.end) }
        var kept: [PerformedNote] = []
        var latest = [Int](repeating: -1, count: 128)
        for note in notes {
            if latest[note.pitch] >= 0 {
                let former = latest[note.pitch]
                if kept[former].step == note.step {
                    report.add(.merged)
                    continue
                }
                kept[former].end = min(kept[former].end, note.step)
            }
            latest[note.pitch] = kept.count
            kept.append(note)
        }
        report.encodedNotes = kept.count
        return (text(of: kept), report)
    }

    private func text(of notes: [PerformedNote]) -> [Int] {
        let events =
            notes.map { (step: $0.step, rank: 1, pitch: $0.pitch, velocity: $0.velocity) }
            + notes.map { (step: $0.end, rank: 0, pitch: $0.pitch, velocity: 0) }
        var tokens: [Int] = []
        var (now, velocity) = (0, -1)
        for event in events.sorted(by: {
            ($0.step, $0.rank, $0.pitch) < ($1.step, $1.rank, $1.pitch)
        }) {
            extend(&tokens, from: &now, to: event.step)
            if event.rank == 1, event.velocity != velocity {
                velocity = event.velocity
                tokens.append(Self.firstVelocity + velocity)
            }
            tokens.append((event.rank == 1 ? Self.firstOn : Self.firstOff) + event.pitch)
        }
        return tokens
    }

    private func extend(_ tokens: inout [Int], from now: inout Int, to step: Int) {
        while now < step {
            let shift = min(100, step - now)
            tokens.append(Self.firstShift + shift - 1)
            now += shift
        }
    }

    package func decode(
        _ tokens: [Int], ticksPerQuarter: Int, rule: ReleaseRule
    ) -> (score: Score, report: DecodingReport) {
        var notes: [Note] = []
        var open: [Int: (step: Int, velocity: Int)] = [:]
        var (now, velocity) = (0, 20)
        func tick(_ step: Int) -> Ticks {
            self.tick(atStep: step, ticksPerQuarter: ticksPerQuarter)
        }
        func close(_ pitch: Int) {
            guard let note = open.removeValue(forKey: pitch), let number = Pitch(pitch) else {
                return
            }
            notes.append(
                Note(
                    pitch: number, onset: tick(note.step), duration: tick(now) - tick(note.step),
                    velocity: VelocityScale.velocity(note.velocity)))
        }
        for token in tokens {
            switch token {
            case Self.firstOn..<Self.firstOff:
                close(token - Self.firstOn)
                open[token - Self.firstOn] = (now, velocity)
            case Self.firstOff..<Self.firstShift: close(token - Self.firstOff)
            case Self.firstShift..<Self.firstVelocity: now += token - Self.firstShift + 1
            case Self.firstVelocity...: velocity = token - Self.firstVelocity
            default: break
            }
        }
        for pitch in open.keys.sorted() { close(pitch) }
        return (
            Score(ticksPerQuarter: ticksPerQuarter, parts: [Part(notes: notes)]), DecodingReport()
        )
    }

    package func transpose(_ tokens: [Int], by semitones: Int) -> [Int] {
        tokens.compactMap { token in
            guard (Self.firstOn..<Self.firstShift).contains(token) else { return token }
            let first = token < Self.firstOff ? Self.firstOn : Self.firstOff
            let pitch = token - first + semitones
            return (0..<128).contains(pitch) ? first + pitch : nil
        }
    }

    package func noteCount(of tokens: [Int]) -> Int {
        tokens.count { (Self.firstOn..<Self.firstOff).contains($0) }
    }

    package func steps(of tokens: [Int]) -> Int {
        tokens.reduce(0) {
            $0
                + ((Self.firstShift..<Self.firstVelocity).contains($1)
                    ? $1 - Self.firstShift + 1 : 0)
        }
    }

    package func extend(_ tokens: inout [Int], toStep step: Int) {
        var now = steps(of: tokens)
        extend(&tokens, from: &now, to: step)
    }

    package func close(_ tokens: inout [Int], atStep step: Int) {
        var now = 0
        for (index, token) in tokens.enumerated()
        where (Self.firstShift..<Self.firstVelocity).contains(token) {
            now += token - Self.firstShift + 1
            if now >= step {
                tokens.removeLast(tokens.count - index)
                break
            }
        }
        extend(&tokens, toStep: step)
    }

    package func recent(_ tokens: [Int], limit: Int) -> [Int] { Array(tokens.suffix(limit)) }
    package func grammar(_ rules: GrammarRules) -> any MusicGrammar {
        PerformanceGrammar(rules: rules)
    }
    package func context() -> (any MusicContext)? { nil }
}

private struct PerformedNote {
    let step, pitch: Int
    var end: Int
    let velocity: Int
}

/// Allows everything but the control words.
private struct PerformanceGrammar: MusicGrammar {
    let rules: GrammarRules
    var step = 0
    var isFinished: Bool { rules.endStep.map { step >= $0 } ?? false }
    mutating func advance(_ token: Int) { if (258..<358).contains(token) { step += token - 257 } }
    func allows(_ token: Int) -> Bool { token > 1 }
    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        for id in allowed.indices { allowed[id] = allows(id) }
    }
}
