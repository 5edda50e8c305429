import Score

/// Text in bars: where in which bar a note is struck, for how long, how loud, and at what tempo.
///
/// `bar meter-3/4 pos0 tempo30 vel16 p20 len12 p32 len6 pos12 p25 len12 bar pos0 …`
/// - `bar` begins a bar. After it `meter-3/4` where the meter is another than before, always in the
///   first, and `cut12` where the bar ends after so many steps, as an upbeat does.
/// - `pos6` goes to a step of the bar. There, in this order: `endped` and `ped` lift and press the
///   sustain pedal; `tempo30` sets the tempo, only on quarters of the bar; `pN`/`vN` with `lenK`
///   strikes a note that lasts K steps, cells ascending, after `vel20` where it is louder or softer
///   than the instrument's note before; in a duet `vvel20` and `pvel20` say which instrument's.
///
/// So a place in the music is one word away from its bar line, however long the silence before it: the
/// same bar again is nearly the same text.
///
/// The idea of bars and positions is that of REMI (Huang and Yang, *Pop Music Transformer*, 2020).
package struct BarwiseEncoding: Hashable, Sendable {
    /// Range, steps and instruments.
    package let grid: NoteGrid
    /// "<start>", "<end>", "bar", "meter-…", "cut…", "pos…", "endped", "ped", "tempo…", "vel…", the
    /// notes and "len…".
    package let vocabulary: Vocabulary
    let scale: BarwiseScale
    let layout: BarwiseLayout

    package init(_ grid: NoteGrid) {
        self.grid = grid
        scale = BarwiseScale(grid.resolution)
        let instruments = grid.ensemble.instruments
        layout = BarwiseLayout(scale, instruments: instruments.count, cells: grid.cellCount)
        let notes = instruments.flatMap { instrument in
            (0..<grid.range.count).map { "\(instrument.rawValue)\($0)" }
        }
        let meters = scale.meters.map { "meter-\($0)" }
        let bars = ["bar"] + meters + (1..<scale.longestBar).map { "cut\($0)" }
        let places = (0..<scale.longestBar).map { "pos\($0)" } + ["endped", "ped"]
        let tempos = (0..<TempoScale.count).map { "tempo\($0)" }
        let velocities = instruments.flatMap { instrument in
            let letter = instruments.count > 1 ? instrument.rawValue : ""
            return (0..<VelocityScale.count).map { "\(letter)vel\($0)" }
        }
        vocabulary = Vocabulary(
            words: bars + places + tempos + velocities + notes + scale.lengths.map { "len\($0)" })
    }

    /// The encoding that names itself so, or nil when none does.
    package init?(identifier: String) {
        guard identifier.hasPrefix(Self.kind),
            let grid = NoteGrid(identifier: identifier.dropFirst(Self.kind.count))
        else { return nil }
        self.init(grid)
    }

    private static let kind = "barwise-"

    /// "barwise-88-12" or "barwise-duet-62-12".
    package var identifier: String { Self.kind + grid.identifier }

    // The grid determines the rest.
    package static func == (a: Self, b: Self) -> Bool { a.grid == b.grid }

    package func hash(into hasher: inout Hasher) { hasher.combine(grid) }
}
