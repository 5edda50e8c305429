/// One press of the sustain pedal: from where it goes down (controller 64 reaches 64) to where it
/// comes up. How deep it is pressed is not kept.
public struct Pedal: Hashable, Sendable {
    public let down: Ticks
    /// Not before `down`.
    public let up: Ticks

    public init(down: Ticks, up: Ticks) {
        precondition(down >= .zero && up >= down, "a pedal comes up after it goes down")
        self.down = down
        self.up = up
    }
}
