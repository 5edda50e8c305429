/// The notes of one instrument.
public struct Part: Hashable, Sendable {
    /// The track name in the file, or empty.
    public var name: String
    /// The General MIDI program, 0…127 (0 is the acoustic grand piano).
    public var program: Int
    /// True on MIDI channel 10, where a pitch means a drum.
    public var isDrums: Bool
    /// In order of onset, then of pitch, of duration and of velocity.
    public private(set) var notes: [Note]
    /// Presses of the sustain pedal, in order, none overlapping the next. They do not lengthen `notes`,
    /// which last as long as their keys are held.
    public private(set) var pedals: [Pedal]

    /// Sorts the notes; linear where they are in order already, or nearly so.
    ///
    /// - Parameter pedals: in order, each down no earlier than the one before is up.
    public init(
        name: String = "", program: Int = 0, isDrums: Bool = false, notes: consuming [Note],
        pedals: [Pedal] = []
    ) {
        precondition((0...127).contains(program), "a General MIDI program is 0…127")
        self.name = name
        self.program = program
        self.isDrums = isDrums
        NoteOrder.sort(&notes)
        self.notes = notes
        self.pedals = []
        replacePedals(with: pedals)
    }

    /// - Parameter pedals: in order, each down no earlier than the one before is up.
    package mutating func replacePedals(with pedals: [Pedal]) {
        precondition(
            zip(pedals, pedals.dropFirst()).allSatisfy { $0.up <= $1.down },
            "a pedal goes down after it came up")
        self.pedals = pedals
    }
}
