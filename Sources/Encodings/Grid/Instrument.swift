import Score

/// Who plays a part.
package struct Instrument: Hashable, Sendable {
    package let name: String
    /// General MIDI, 0…127.
    package let program: Int

    init(name: String, program: Int) {
        self.name = name
        self.program = program
    }

    /// The instrument of a General MIDI program, 0…127.
    package init(program: Int) {
        let standard = InstrumentClass.allCases.first { $0.program == program }?.standard
        self = standard ?? Instrument(name: GeneralMIDI.instrument(program), program: program)
    }
}
