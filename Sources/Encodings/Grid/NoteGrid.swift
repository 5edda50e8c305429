import Score

/// The grid that Clara's encodings write: a row of cells for each step, a cell for each instrument
/// and pitch. A cell's index counts the pitches of the first instrument, then those of the next.
package struct NoteGrid: Hashable, Sendable {
    package let range: PitchRange
    package let resolution: GridResolution
    package let ensemble: Ensemble

    package init(
        range: PitchRange = .keys62, resolution: GridResolution = .twelve,
        ensemble: Ensemble = .piano
    ) {
        self.range = range
        self.resolution = resolution
        self.ensemble = ensemble
    }

    /// The grid that names itself so, or nil when none does.
    package init?(identifier: some StringProtocol) {
        for ensemble in Ensemble.allCases {
            for range in PitchRange.all {
                for resolution in GridResolution.allCases
                where identifier == ensemble.identifier(range, resolution) {
                    self.init(range: range, resolution: resolution, ensemble: ensemble)
                    return
                }
            }
        }
        return nil
    }

    /// "62-12" or "duet-62-12": the ensemble unless it is one piano, keys, and steps in a quarter.
    package var identifier: String { ensemble.identifier(range, resolution) }

    /// The most steps that a text has, some twelve hours of music: a few bytes of a file can claim
    /// any time.
    package static let mostSteps = 1 << 20

    /// Cells in a step.
    package var cellCount: Int { range.count * ensemble.instruments.count }

    /// The instrument of a cell.
    package func instrument(ofCell cell: Int) -> InstrumentClass {
        ensemble.instruments[instrumentIndex(ofCell: cell)]
    }

    /// Its index in the ensemble.
    func instrumentIndex(ofCell cell: Int) -> Int { cell / range.count }

    /// The cells of the ensemble's instrument of this index.
    func cells(ofInstrument index: Int) -> Range<Int> {
        index * range.count..<(index + 1) * range.count
    }

    /// The pitch of a cell.
    package func pitch(ofCell cell: Int) -> Pitch { range.pitch(at: cell % range.count) }

    /// Each instrument's part of a range of numbers that has one for each cell.
    ///
    /// - Parameter first: the first cell's number.
    func instrumentRanges(from first: Int) -> [Range<Int>] {
        ensemble.instruments.indices.map {
            let cells = cells(ofInstrument: $0)
            return first + cells.lowerBound..<first + cells.upperBound
        }
    }

    /// Whether encoding a score can strike this cell: a violin has none below its lowest string.
    package func isInReach(_ cell: Int) -> Bool {
        pitch(ofCell: cell).number >= lowest(of: instrument(ofCell: cell))
    }

    /// The cell of the same instrument so many semitones higher; nil where the instrument or the range
    /// has none.
    package func cell(_ cell: Int, transposedBy semitones: Int) -> Int? {
        // Clamped, so that no distance overflows.
        let distance = max(-range.count, min(range.count, semitones))
        guard (0..<range.count).contains(cell % range.count + distance),
            isInReach(cell + distance)
        else { return nil }
        return cell + distance
    }

    /// The lowest note of an instrument: in duets the violin has its own.
    private func lowest(of instrument: InstrumentClass) -> Int {
        max(range.lowest, instrument.lowest)
    }

    /// The cell of a pitch, after moving it by octaves until it is within range and reach.
    func cell(of pitch: Pitch, instrument: InstrumentClass) -> Int {
        let lowest = lowest(of: instrument) - range.lowest
        var index = range.index(of: pitch)
        if index < lowest { index += (lowest - index + 11) / 12 * 12 }
        return index + (ensemble.instruments.firstIndex(of: instrument) ?? 0) * range.count
    }
}

/// A note on the grid; it sounds in the steps `step`…`end` − 1.
struct GridStrike: Hashable, Sendable {
    var step: Int
    var cell: Int
    var end: Int
    var velocity = Velocity.mezzoForte
}
