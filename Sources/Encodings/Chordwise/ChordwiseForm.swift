/// The settings of a chordwise text: all but its words, which come from music.
package struct ChordwiseForm: Hashable, Sendable {
    /// Range, steps and instruments.
    package let grid: NoteGrid
    /// Whether the text tells which keys are held. Clara's own does not: every held key is silent,
    /// which leaves fewer words to learn and no lengths.
    package let keepsHolds: Bool

    package init(_ grid: NoteGrid = NoteGrid(), keepsHolds: Bool = false) {
        self.grid = grid
        self.keepsHolds = keepsHolds
    }

    /// The form that names itself so, or nil when none does.
    package init?(identifier: String) {
        for keepsHolds in [true, false] {
            let kind = Self.kind(keepsHolds)
            if identifier.hasPrefix(kind),
                let grid = NoteGrid(identifier: identifier.dropFirst(kind.count))
            {
                self.init(grid, keepsHolds: keepsHolds)
                return
            }
        }
        return nil
    }

    /// "chordwise-62-12" or "chordwise-held-duet-62-12".
    package var identifier: String { Self.kind(keepsHolds) + grid.identifier }

    private static func kind(_ keepsHolds: Bool) -> String {
        keepsHolds ? "chordwise-held-" : "chordwise-"
    }

    var instruments: [InstrumentClass] { grid.ensemble.instruments }

    /// The keys that an instrument has within the range, as bits.
    func keys(of instrument: Int) -> UInt128 {
        (0..<grid.range.count).reduce(0) { keys, index in
            grid.isInReach(instrument * grid.range.count + index) ? keys | 1 << index : keys
        }
    }

    /// Whether a text of this form may have the chord.
    func holds(_ word: ChordWord) -> Bool {
        word.chord.keys & ~keys(of: word.instrument) == 0 && !word.chord.isSilent
            && (keepsHolds || word.chord.held == 0)
    }

    /// What becomes of strikes, step by step: calls `body` with each instrument's chord in turn, up to
    /// the last step that has any.
    func forEachChord(of strikes: [GridStrike], _ body: (_ instrument: Int, Chord) -> Void) {
        let pitches = grid.range.count
        var ends = [Int](repeating: 0, count: grid.cellCount)
        var sounding = KeysByInstrument()
        var next = 0
        var step = 0
        let last = strikes.reduce(0) { max($0, keepsHolds ? $1.end : $1.step + 1) }
        while step < last {
            var struck = KeysByInstrument()
            while next < strikes.count, strikes[next].step == step {
                let cell = strikes[next].cell
                struck[cell / pitches] |= 1 << (cell % pitches)
                ends[cell] = strikes[next].end
                next += 1
            }
            for instrument in instruments.indices {
                var held = keepsHolds ? sounding[instrument] & ~struck[instrument] : 0
                for key in held.bitIndices where ends[instrument * pitches + key] <= step {
                    held &= ~(1 << key)
                }
                sounding[instrument] = struck[instrument] | held
                body(instrument, Chord(struck: struck[instrument], held: held))
            }
            step += 1
        }
    }
}
