import Encodings
import Score
import TestSupport

let everyEncoding: [NotewiseEncoding] = PitchRange.all.flatMap { range in
    GridResolution.allCases.map { NotewiseEncoding(range: range, resolution: $0) }
}

/// A note given in MIDI numbers and in ticks.
func note(_ pitch: Int, at onset: Int, for duration: Int) -> Note {
    guard let pitch = Pitch(pitch) else { preconditionFailure("no MIDI pitch") }
    return Note(pitch: pitch, onset: Ticks(onset), duration: Ticks(duration))
}

func score(_ notes: [Note], ticksPerQuarter: Int = 480) -> Score {
    Score(ticksPerQuarter: ticksPerQuarter, parts: [Part(notes: notes)])
}

extension NotewiseEncoding {
    /// The notes that `tokens` tell, in order of onset, then of pitch.
    func notes(
        of tokens: [Int], ticksPerQuarter: Int = 480, rule: ReleaseRule = .clara
    ) -> (notes: [Note], report: DecodingReport) {
        let (score, report) = decode(tokens, ticksPerQuarter: ticksPerQuarter, rule: rule)
        let notes = score.parts.flatMap(\.notes)
        return (notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, report)
    }
}

/// Notes anywhere: off the grid, outside every range, overlapping, of length zero, far apart.
func unrulyScore(seed: Int) -> Score {
    var random = SplitMix(seed)
    let ticksPerQuarter = [1, 96, 120, 384, 480, 1024].randomElement(using: &random) ?? 480
    let parts = (0..<3).map { part in
        Part(
            program: part * 40, isDrums: part == 2,
            notes: (0..<60).map { _ in
                note(
                    Int.random(in: part == 0 ? 0...127 : 58...64, using: &random),
                    at: Int.random(in: 0...ticksPerQuarter * 12, using: &random),
                    for: Int.random(in: 0...ticksPerQuarter * 3, using: &random))
            })
    }
    return Score(ticksPerQuarter: ticksPerQuarter, parts: parts)
}

/// Notes on the grid and inside the range, at most one of a pitch at a time, many struck again at
/// once, some after long silences.
func gridNotes(_ encoding: NotewiseEncoding, seed: Int, edge: Int = 0) -> [Note] {
    var random = SplitMix(seed)
    let ticksPerStep = 480 / encoding.stepsPerQuarter
    return (edge..<encoding.grid.range.count - edge).flatMap { index -> [Note] in
        var step = Int.random(in: 0...80, using: &random)
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let length = Int.random(in: 1...9, using: &random)
            defer { step += length + max(0, Int.random(in: -60...120, using: &random)) }
            return note(
                encoding.grid.range.lowest + index, at: step * ticksPerStep,
                for: length * ticksPerStep)
        }
    }.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
}

func randomTokens(_ encoding: NotewiseEncoding, seed: Int, count: Int) -> [Int] {
    var random = SplitMix(seed)
    // A few indices only, so that starts and releases meet.
    let words = encoding.vocabulary.words.indices.filter {
        switch encoding.kind(of: $0) {
        case .start(let index), .release(let index): index < 6
        default: true
        }
    }
    return (0..<count).map { _ in words.randomElement(using: &random) ?? 0 }
}

/// The definition taken literally: fill a grid of 1 struck, 2 held, 0 silent, then read it step by
/// step. Slow, for scores of a few thousand steps.
func textByGrid(of score: Score, _ encoding: NotewiseEncoding) -> String {
    let f = encoding.stepsPerQuarter
    var lengths: [[Int: Int]] = Array(repeating: [:], count: encoding.grid.range.count)
    for note in score.parts.filter({ !$0.isDrums }).flatMap(\.notes) {
        var pitch = note.pitch.number
        while pitch < encoding.grid.range.lowest { pitch += 12 }
        while pitch >= encoding.grid.range.lowest + encoding.grid.range.count { pitch -= 12 }
        let step = note.onset.count * f / score.ticksPerQuarter
        let length = max(1, note.duration.count * f / score.ticksPerQuarter)
        lengths[pitch - encoding.grid.range.lowest][step, default: 0].raise(to: length)
    }
    let steps = 1 + (lengths.flatMap { $0.map { $0.key + $0.value } }.max() ?? 0)
    let grid = lengths.map { strikes -> [Int] in
        var held = 0
        return (0..<steps).map { step in
            held = strikes[step] ?? max(0, held - 1)
            return strikes[step] != nil ? 1 : held > 0 ? 2 : 0
        }
    }
    var words: [String] = []
    var waiting = 0
    for step in 0..<steps {
        var here: [String] = []
        for (index, row) in grid.enumerated() {
            if row[step] == 1 { here.append("p\(index)") }
            if row[step] != 0 && (step + 1 == steps || row[step + 1] == 0) {
                here.append("endp\(index)")
            }
        }
        if !here.isEmpty { words += waits(waiting, longest: 2 * f + 1) + here }
        waiting = here.isEmpty ? waiting + 1 : 1
    }
    return (words + (words.isEmpty ? [] : ["wait1"])).joined(separator: " ")
}

private func waits(_ steps: Int, longest: Int) -> [String] {
    Array(repeating: "wait\(longest)", count: steps / longest)
        + (steps % longest > 0 ? ["wait\(steps % longest)"] : [])
}

extension Int {
    fileprivate mutating func raise(to other: Int) { self = Swift.max(self, other) }
}
