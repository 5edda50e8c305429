import Notation
import Score
import Testing

/// Notes written shortly: pitch, onset and length in quarters.
func notes(_ list: [(pitch: Int, onset: Double, length: Double)], ticks: Int = 480) -> [Note] {
    list.compactMap { pitch, onset, length in
        Pitch(pitch).map {
            let start = Int((onset * Double(ticks)).rounded())
            let end = Int(((onset + length) * Double(ticks)).rounded())
            return Note(pitch: $0, onset: Ticks(start), duration: Ticks(end - start))
        }
    }
}

/// Notes one after the other, each of `length` quarters.
func line(_ pitches: [Int], each length: Double, from start: Double = 0) -> [Note] {
    notes(pitches.enumerated().map { ($1, start + Double($0) * length, length) })
}

/// A score of violins, one staff each.
func score(
    _ parts: [Note]..., meter: (Int, Int) = (4, 4), sharps: Int = 0,
    mode: KeySignature.Mode = .major
) -> Score {
    Score(
        meterMap: meterMap((0, meter)), keyMap: key(sharps, mode),
        parts: parts.map { Part(name: "Violin", program: 40, notes: $0) })
}

func key(_ sharps: Int, _ mode: KeySignature.Mode = .major) -> KeyMap {
    KeyMap(
        KeySignature(sharps: sharps, mode: mode).map { [.init(tick: .zero, key: $0)] } ?? [])
}

/// Meters from quarters on.
func meterMap(_ changes: (quarter: Int, meter: (Int, Int))...) -> MeterMap {
    MeterMap(
        changes.compactMap { quarter, meter in
            Meter(meter.0, meter.1).map { .init(tick: Ticks(quarter * 480), meter: $0) }
        })
}

extension SheetMusic {
    init(_ score: Score) throws { try self.init(of: score, title: "Test") }

    /// What stands in a bar, as text: “E5:q. D♯5+F5:e~ r:q (D5:e E5:e F5:e)3”.
    func text(part: Int = 0, staff: Int = 0, bar: Int, voice: Int = 0) throws -> String {
        let voices = parts[part].staves[staff].bars[bar]
        return try #require(voices.first { $0.voice == voice }).text
    }

    /// All names of notes in a staff, from the first bar on.
    func names(part: Int = 0, staff: Int = 0) -> [String] {
        parts[part].staves[staff].bars.joined().flatMap(\.events).flatMap(\.heads)
            .filter { !$0.isTiedFromBefore }.map(\.pitch.name)
    }
}

extension VoiceBar {
    var text: String {
        events.map { event in
            let names = event.heads.map(\.pitch.name).joined(separator: "+")
            let symbol = event.kind == .notes ? names : event.kind == .rest ? "r" : "-"
            let tie = event.heads.contains(where: \.isTiedOn) ? "~" : ""
            let open = event.tuplet?.isFirst == true ? "(" : ""
            let close = event.tuplet.map { $0.isLast ? ")\($0.actual)" : "" } ?? ""
            return "\(open)\(symbol):\(event.isGrace ? "grace" : event.value.text)\(tie)\(close)"
        }.joined(separator: " ")
    }
}

extension NoteValue? {
    fileprivate var text: String {
        guard let self else { return "bar" }
        let heads = ["w", "h", "q", "e", "s", "t", "x", "o"]
        let head = self.halvings < 0 ? "breve" : heads[self.halvings]
        return head + String(repeating: ".", count: self.dots)
    }
}
