import Score

/// The piece along a path of the tree: each node's music up to the next one's first bar.
struct PathPiece {
    private var notes: [[Note]]
    private var pedals: [[Pedal]]
    private var tempos: [TempoMap.Change]
    private var meters: [MeterMap.Change]
    private let parts: [StudioPart]
    private(set) var end = Ticks.zero

    /// - Parameter path: from the root on.
    init(_ session: StudioSession, path: [StudioNode]) {
        parts = session.parts
        notes = Array(repeating: [], count: parts.count)
        pedals = Array(repeating: [], count: parts.count)
        tempos = [
            .init(
                tick: .zero,
                microsecondsPerQuarter: Self.microseconds(tempo: session.tempo))
        ]
        meters = [.init(tick: .zero, meter: Meter(session.meter) ?? .common)]
        for node in path { add(node) }
    }

    /// Where a bar begins, counted from 1.
    func start(ofBar bar: Int) -> Ticks {
        MeterMap(meters).barLine(
            max(0, bar - 1), after: .zero, ticksPerQuarter: Quarters.resolution)
    }

    /// How many bars begin before a tick.
    func bars(before tick: Ticks) -> Int {
        MeterMap(meters).barCount(before: tick, ticksPerQuarter: Quarters.resolution)
    }

    /// Bars up to the end of the last node.
    var bars: Int { bars(before: end) }

    private mutating func add(_ node: StudioNode) {
        let start = start(ofBar: node.fromBar)
        cut(at: start)
        for note in node.music.notes where parts.indices.contains(note.part) {
            if let score = Note(note), score.onset >= start { notes[note.part].append(score) }
        }
        for pedal in node.music.pedals where parts.indices.contains(pedal.part) {
            let (down, up) = (Quarters.ticks(pedal.down), Quarters.ticks(pedal.up))
            if down >= start.count, up >= down {
                pedals[pedal.part].append(Pedal(down: Ticks(down), up: Ticks(up)))
            }
        }
        tempos += node.music.tempos.map {
            .init(
                tick: Ticks(max(start.count, Quarters.ticks($0.onset))),
                microsecondsPerQuarter: Self.microseconds(tempo: $0.tempo))
        }
        meters += node.music.meters.compactMap { change in
            Meter(change.meter).map {
                .init(tick: Ticks(max(start.count, Quarters.ticks(change.onset))), meter: $0)
            }
        }
        end = MeterMap(meters).barLine(
            node.bars, after: start, ticksPerQuarter: Quarters.resolution)
    }

    /// Ends all music at a tick.
    private mutating func cut(at tick: Ticks) {
        for part in notes.indices {
            notes[part].removeAll { $0.onset >= tick }
            for index in notes[part].indices where notes[part][index].end > tick {
                notes[part][index].end(at: tick)
            }
            pedals[part] = pedals[part].filter { $0.down < tick }.map {
                Pedal(down: $0.down, up: min($0.up, tick))
            }
        }
        tempos.removeAll { $0.tick >= tick && $0.tick > .zero }
        meters.removeAll { $0.tick >= tick && $0.tick > .zero }
        end = min(end, tick)
    }

    /// The piece before a bar, counted from 1.
    func before(bar: Int) -> PathPiece {
        var piece = self
        piece.cut(at: start(ofBar: bar))
        return piece
    }

    /// With a part for each of the session's, whether or not it has notes.
    var score: Score {
        Score(
            ticksPerQuarter: Quarters.resolution, tempoMap: TempoMap(tempos),
            meterMap: MeterMap(meters),
            parts: parts.indices.map { index in
                Part(
                    name: parts[index].name, program: parts[index].program,
                    isDrums: parts[index].drums, notes: Self.struckOnce(notes[index]),
                    pedals: Self.inOrder(pedals[index]))
            })
    }

    /// A key can be struck again, but not twice at once: a note ends where its key is struck again, and of
    /// those that begin together the longest counts.
    private static func struckOnce(_ notes: [Note]) -> [Note] {
        var kept: [Note] = []
        var latest: [Pitch: Int] = [:]
        for note in notes.sorted(by: { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }) {
            if let index = latest[note.pitch] {
                let isTogether = kept[index].onset == note.onset
                kept[index].end(
                    at: isTogether
                        ? max(kept[index].end, note.end) : min(kept[index].end, note.onset))
                if isTogether { continue }
            }
            latest[note.pitch] = kept.count
            kept.append(note)
        }
        return kept
    }

    private static func inOrder(_ pedals: [Pedal]) -> [Pedal] {
        var kept: [Pedal] = []
        for pedal in pedals.sorted(by: { $0.down < $1.down })
        where kept.last.map({ $0.up <= pedal.down }) ?? true {
            kept.append(pedal)
        }
        return kept
    }

    static func microseconds(tempo: Double) -> Int {
        min(0xFF_FFFF, max(1, Int((60e6 / max(tempo, 1)).rounded())))
    }
}

extension Note {
    /// - Parameter tick: not before its onset.
    fileprivate mutating func end(at tick: Ticks) {
        self = Note(pitch: pitch, onset: onset, duration: tick - onset, velocity: velocity)
    }

    /// Nil where a number is none that a note can have.
    init?(_ note: StudioNote) {
        guard let pitch = Pitch(note.pitch), let velocity = Velocity(note.velocity),
            note.onset >= 0, note.duration >= 0
        else { return nil }
        self.init(
            pitch: pitch, onset: Ticks(Quarters.ticks(note.onset)),
            duration: Ticks(Quarters.ticks(note.duration)), velocity: velocity)
    }
}

extension StudioNote {
    init(_ note: Note, part: Int) {
        self.init(
            pitch: note.pitch.number, onset: Quarters.quarters(note.onset),
            duration: Quarters.quarters(note.duration), velocity: note.velocity.value, part: part)
    }
}
