/// Which instruments an encoding tells apart, and what becomes of a score's others.
package enum Ensemble: String, Hashable, Sendable, CaseIterable {
    /// One piano: every part but drums is encoded as piano-like, whatever plays it.
    case piano = ""
    /// A violin-like and a piano-like instrument. What is neither, such as a guitar or a bass, goes
    /// to the piano.
    case duet = "duet"
    /// The same, but parts that are neither are left out, and reported.
    case strictDuet = "strictduet"

    /// In the order of their tokens within a step.
    package var instruments: [InstrumentClass] {
        self == .piano ? [.pianoLike] : [.violinLike, .pianoLike]
    }

    /// Who plays music that says no more than its class of instruments.
    ///
    /// - Parameter programs: General MIDI, 0…127; the first of a class is the class's.
    package func players(of programs: [Int]) -> [Instrument] {
        instruments.map { instrument in
            programs.first { InstrumentClass(program: $0) == instrument }
                .map { Instrument(program: $0) } ?? instrument.standard
        }
    }

    /// What plays a part of this General MIDI program; nil when it is left out.
    package func instrument(ofProgram program: Int) -> InstrumentClass? {
        switch self {
        case .piano: .pianoLike
        case .duet: InstrumentClass(program: program) ?? .pianoLike
        case .strictDuet: InstrumentClass(program: program)
        }
    }

    /// "62-12" or "duet-62-12": what follows an encoding's kind in its identifier.
    func identifier(_ range: PitchRange, _ resolution: GridResolution) -> String {
        (rawValue.isEmpty ? "" : "\(rawValue)-") + "\(range.count)-\(resolution.stepsPerQuarter)"
    }
}
