/// Clara's notewise text: tokens start a note, release it, or let steps pass.
///
/// `p20 p32 wait3 endp20 p25 endp32 wait12`. Think of a grid with a cell for each pitch and step: 1
/// struck, 2 held, 0 silent. A note started at step s with length L sounds in the steps s…s+L−1
/// unless it is struck again before. Then the text, step by step, is
/// - for each pitch index ascending: `pN` where the cell is 1, then `endpN` where the cell is not 0
///   and the next one is. So the release stands in the last step that sounds, a note of one step is
///   `p20 endp20 wait1`, and a note struck again at once has no release before the second start;
/// - a wait to the next step that has tokens. Waits are merged; silences over the longest
///   `wait(2f+1)` repeat it. The last wait completes the last step, so that the waits add up to the
///   end of the last note. A text may begin with waits: time counts from the start of the score.
///
/// Source: the documentation and script of Christine Payne's Clara, 2018.
package struct NotewiseEncoding: Hashable, Sendable {
    /// Range, steps and instruments.
    package let grid: NoteGrid
    /// "<start>", "<end>", "p0"…, "endp0"…, "wait1"…: 151 words at range 62 and 12 steps. In duets
    /// "v0"…, "p0"…, "endv0"…, "endp0"…, "wait1"….
    package let vocabulary: Vocabulary
    let layout: NotewiseLayout

    package init(
        range: PitchRange = .keys62, resolution: GridResolution = .twelve,
        ensemble: Ensemble = .piano
    ) {
        self.init(NoteGrid(range: range, resolution: resolution, ensemble: ensemble))
    }

    package init(_ grid: NoteGrid) {
        self.grid = grid
        layout = NotewiseLayout(
            cellCount: grid.cellCount, longestWait: grid.resolution.longestWait)
        let notes = grid.ensemble.instruments.flatMap { instrument in
            (0..<grid.range.count).map { "\(instrument.rawValue)\($0)" }
        }
        vocabulary = Vocabulary(
            words: notes + notes.map { "end\($0)" }
                + (1...grid.resolution.longestWait).map { "wait\($0)" })
    }

    /// The encoding that names itself so, or nil when none does.
    package init?(identifier: String) {
        guard identifier.hasPrefix(Self.kind),
            let grid = NoteGrid(identifier: identifier.dropFirst(Self.kind.count))
        else { return nil }
        self.init(grid)
    }

    private static let kind = "notewise-"

    /// "notewise-62-12" or "notewise-duet-62-12": instruments, the range's keys and the steps in a
    /// quarter.
    package var identifier: String { Self.kind + grid.identifier }

    // The grid determines the rest.
    package static func == (a: Self, b: Self) -> Bool { a.grid == b.grid }

    package func hash(into hasher: inout Hasher) { hasher.combine(grid) }
}
