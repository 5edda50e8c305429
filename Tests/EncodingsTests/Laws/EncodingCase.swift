import Encodings
import Score
import TestSupport
import Testing

/// An encoding that the laws of `MusicEncoding` are tested of, by its name.
struct EncodingCase: Sendable, CustomTestStringConvertible {
    let encoding: any MusicEncoding

    var testDescription: String {
        ([encoding.identifier] + encoding.styles).joined(separator: " ")
    }

    /// One piano and duets, notewise, barwise and chordwise; chordwise ones with words for some of the music
    /// only.
    static let all: [EncodingCase] = notewise + barwise + chordwise + styled

    private static let grids: [NoteGrid] = [
        NoteGrid(range: .keys38, resolution: .four),
        NoteGrid(range: .keys62, resolution: .twelve),
        NoteGrid(range: .keys88, resolution: .twelve),
        NoteGrid(range: .keys38, resolution: .four, ensemble: .duet),
        NoteGrid(range: .keys62, resolution: .twelve, ensemble: .strictDuet),
        NoteGrid(range: .keys88, resolution: .twelve, ensemble: .duet),
    ]

    private static let notewise = grids.map { EncodingCase(encoding: NotewiseEncoding($0)) }

    private static let barwise = grids.map { EncodingCase(encoding: BarwiseEncoding($0)) }

    private static let styled = [notewise[1], barwise[2]].map {
        EncodingCase(encoding: StyledEncoding($0.encoding, styles: ["bach", "chopin", "jazz"]))
    }

    private static let chordwise = grids.flatMap { grid in
        [false, true].map { keepsHolds in
            let form = ChordwiseForm(grid, keepsHolds: keepsHolds)
            let known = [Music.any(seed: 0)] + (0..<6).map(Music.middle)
            return EncodingCase(encoding: ChordwiseEncoding(form, gatheringWordsFrom: known))
        }
    }
}

/// Made music.
enum Music {
    /// Of a piano, a violin, a guitar and drums: off the grid, outside every range, overlapping, of
    /// length zero, with silences, loud and soft, over changing tempo and meter.
    static func any(seed: Int) -> Score {
        var random = SplitMix(seed)
        let ticksPerQuarter = [1, 96, 120, 384, 480, 1024].randomElement(using: &random) ?? 480
        let end = ticksPerQuarter * 12
        let parts = [0, 40, 24, 0].enumerated().map { index, program in
            Part(
                program: program, isDrums: index == 3,
                notes: (0..<40).map { _ in
                    note(
                        Int.random(in: index == 0 ? 0...127 : 52...64, using: &random),
                        at: Int.random(in: 0...end, using: &random),
                        for: Int.random(in: 0...ticksPerQuarter * 3, using: &random))
                },
                pedals: [Pedal(down: Ticks(end / 4), up: Ticks(end / 2))])
        }
        return Score(
            ticksPerQuarter: ticksPerQuarter,
            tempoMap: TempoMap([
                .init(tick: Ticks(end / 3), microsecondsPerQuarter: 400_000 + seed)
            ]), parts: parts)
    }

    /// Of a piano and a violin, some notes at a time and in the middle of the keyboard, on the grid of
    /// four steps.
    static func middle(seed: Int) -> Score {
        var random = SplitMix(1000 + seed)
        let parts = [0, 40].map { program in
            Part(
                program: program,
                notes: (0..<50).map { index in
                    note(
                        Int.random(in: 61...69, using: &random), at: 120 * (index / 2 * 3),
                        for: 120 * Int.random(in: 1...6, using: &random))
                })
        }
        return Score(parts: parts)
    }
}

extension Score {
    /// The notes of each part that has any, by program.
    var notesByProgram: [Int: [Note]] {
        Dictionary(
            parts.filter { !$0.notes.isEmpty }.map { ($0.program, $0.notes) },
            uniquingKeysWith: +)
    }

    /// The most notes that sound at once.
    var mostNotesAtOnce: Int {
        let notes = parts.flatMap(\.notes)
        return notes.map { note in
            notes.count { $0.onset <= note.onset && note.onset < $0.end }
        }.max() ?? 0
    }
}
