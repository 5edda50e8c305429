import Foundation
import MIDIFile
import Score

/// A MIDI file as music for the tree.
struct FileMusic: Sendable {
    let parts: [StudioPart]
    /// From quarter 0 on; the parts are those above.
    let music: NodeMusic
    /// The times of the file in seconds, before they were put on ticks.
    let raw: [RawNote]
    let bars: Int
    /// Where the file begins.
    let tempo: Double
    let meter: String

    init(_ data: Data, named name: String, limits: StudioLimits) throws {
        let (file, _) = try MIDIFile.read(data, named: name, policy: .complete)
        guard file.noteCount > 0 else {
            throw StudioError.badRequest("\(name): has no notes; give a file that has some.")
        }
        guard file.noteCount <= limits.notesOfNode, file.parts.count <= limits.partsOfSession else {
            throw StudioError.badRequest(
                "\(name): has \(file.noteCount) notes in \(file.parts.count) parts, and more than "
                    + "\(limits.notesOfNode) or \(limits.partsOfSession) are not taken in.")
        }
        if let strange = file.meterMap.changes.first(where: { !$0.meter.isShown })?.meter {
            throw StudioError.badRequest(
                "\(name): has bars of \(strange), and only 1 to 99 beats of 1, 2, 4, 8, 16 or 32 "
                    + "are taken in.")
        }
        let score = Self.rescaled(file)
        parts = score.parts.map { StudioPart($0) }
        music = NodeMusic(of: score, from: .zero, parts: Array(score.parts.indices))
        raw = file.parts.flatMap { part in
            part.notes.map { note in
                let start = file.seconds(at: note.onset)
                return RawNote(
                    pitch: note.pitch.number, onset: start,
                    duration: file.seconds(at: note.end) - start, velocity: note.velocity.value)
            }
        }.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        bars = max(1, score.barCount)
        guard bars <= limits.lastBar else {
            throw StudioError.badRequest(
                "\(name): has \(bars) bars, and more than \(limits.lastBar) are not taken in.")
        }
        tempo = score.tempoMap.change(at: .zero).quartersPerMinute
        meter = score.meterMap.change(at: .zero).meter.description
    }

    /// At 480 ticks a quarter, each time rounded.
    private static func rescaled(_ score: Score) -> Score {
        let from = score.ticksPerQuarter
        func scaled(_ tick: Ticks) -> Ticks {
            Ticks((tick.count * Quarters.resolution + from / 2) / from)
        }
        return Score(
            ticksPerQuarter: Quarters.resolution,
            tempoMap: TempoMap(
                score.tempoMap.changes.map {
                    .init(
                        tick: scaled($0.tick), microsecondsPerQuarter: $0.microsecondsPerQuarter)
                }),
            meterMap: MeterMap(
                score.meterMap.changes.map { .init(tick: scaled($0.tick), meter: $0.meter) }),
            parts: score.parts.map { part in
                Part(
                    name: part.name, program: part.program, isDrums: part.isDrums,
                    notes: part.notes.map { note in
                        let onset = scaled(note.onset)
                        return Note(
                            pitch: note.pitch, onset: onset,
                            duration: Ticks(max(1, (scaled(note.end) - onset).count)),
                            velocity: note.velocity)
                    },
                    pedals: part.pedals.map { Pedal(down: scaled($0.down), up: scaled($0.up)) })
            })
    }
}

extension StudioPart {
    /// A part of a file, whose name may be missing, or too long.
    fileprivate init(_ part: Part) {
        let instrument = part.isDrums ? "Drums" : GeneralMIDI.instrument(part.program)
        self.init(
            name: part.name.isEmpty ? instrument : MusicCheck.shortened(part.name),
            program: part.program, drums: part.isDrums)
    }
}

extension FileMusic {
    /// The music with each part's place among the session's: of the same instrument.
    func placed(among parts: [StudioPart]) -> NodeMusic {
        var taken: Set<Int> = []
        let places = self.parts.map { part in
            let alike = parts.indices.filter {
                parts[$0].program == part.program && parts[$0].drums == part.drums
            }
            // Two hands of a piano stay apart where there are two parts for them.
            let place = alike.first { !taken.contains($0) } ?? alike.first ?? 0
            taken.insert(place)
            return place
        }
        var music = music
        for index in music.notes.indices {
            music.notes[index].part = places[music.notes[index].part]
        }
        for index in music.pedals.indices {
            music.pedals[index].part = places[music.pedals[index].part]
        }
        return music
    }
}
