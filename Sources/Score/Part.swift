/// The notes of one instrument.
public struct Part: Hashable, Sendable {
    /// The track name in the file, or empty.
    public var name: String
    /// The General MIDI program, 0…127 (0 is the acoustic grand piano).
    public var program: Int
    /// True on MIDI channel 10, where a pitch means a drum.
    public var isDrums: Bool
    /// In order of onset, then of pitch.
    public private(set) var notes: [Note]

    public init(name: String = "", program: Int = 0, isDrums: Bool = false, notes: [Note]) {
        precondition((0...127).contains(program), "a General MIDI program is 0…127")
        self.name = name
        self.program = program
        self.isDrums = isDrums
        self.notes = notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }
}
