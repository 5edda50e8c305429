/// The clefs that are written.
package enum Clef: Hashable, Sendable, CaseIterable {
    case treble, bass, alto
    /// Sounds an octave lower than written: guitars.
    case trebleBelow
    /// The same for basses.
    case bassBelow

    var sign: String {
        switch self {
        case .treble, .trebleBelow: "G"
        case .bass, .bassBelow: "F"
        case .alto: "C"
        }
    }

    /// Whether an 8 stands below it.
    var soundsOctaveLower: Bool { self == .trebleBelow || self == .bassBelow }

    var line: Int {
        switch self {
        case .treble, .trebleBelow: 2
        case .bass, .bassBelow: 4
        case .alto: 3
        }
    }

    /// The diatonic steps, counted from C0, between which the staff's lines lie.
    var lines: ClosedRange<Int> {
        switch self {
        case .treble: 30...38
        case .bass: 18...26
        case .alto: 24...32
        case .trebleBelow: 23...31
        case .bassBelow: 11...19
        }
    }

    /// How many ledger lines a note needs, below or above.
    func ledgerLines(step: Int) -> Int {
        max(0, (lines.lowerBound - step) / 2, (step - lines.upperBound) / 2)
    }
}
