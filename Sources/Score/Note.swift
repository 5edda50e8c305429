/// One sounding of a pitch.
public struct Note: Hashable, Sendable {
    /// When the note begins, from the start of the score; never negative.
    public let onset: Ticks
    /// How long the key is held; never negative, and zero only where a file says so.
    public let duration: Ticks
    // After the ticks, so that a note takes 24 bytes and not 32.
    public let pitch: Pitch
    public let velocity: Velocity

    @inlinable
    public init(pitch: Pitch, onset: Ticks, duration: Ticks, velocity: Velocity = .mezzoForte) {
        precondition(onset >= .zero && duration >= .zero, "a note cannot lie before time zero")
        self.pitch = pitch
        self.onset = onset
        self.duration = duration
        self.velocity = velocity
    }

    /// A note as files tell it.
    ///
    /// - Parameters:
    ///   - key: 0…127.
    ///   - end: not before `onset`.
    ///   - velocity: 1…127.
    @inlinable
    package init(key: UInt8, from onset: UInt32, to end: UInt32, velocity: UInt8) {
        self.init(
            pitch: Pitch(byte: key), onset: Ticks(Int(onset)),
            duration: Ticks(Int(end) - Int(onset)), velocity: Velocity(byte: velocity))
    }

    @inlinable public var end: Ticks { onset + duration }
}
