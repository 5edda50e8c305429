/// One sounding of a pitch.
public struct Note: Hashable, Sendable {
    public let pitch: Pitch
    /// When the note begins, from the start of the score; never negative.
    public let onset: Ticks
    /// How long the key is held; never negative, and zero only where a file says so.
    public let duration: Ticks
    public let velocity: Velocity

    public init(pitch: Pitch, onset: Ticks, duration: Ticks, velocity: Velocity = .mezzoForte) {
        precondition(onset >= .zero && duration >= .zero, "a note cannot lie before time zero")
        self.pitch = pitch
        self.onset = onset
        self.duration = duration
        self.velocity = velocity
    }

    public var end: Ticks { onset + duration }
}
