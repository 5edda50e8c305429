/// The studio's bounds, so that no client can fill memory or disk.
public struct StudioLimits: Hashable, Sendable {
    /// Bytes of a request's body.
    public var body = 8 << 20
    public var sessions = 1_000
    public var nodesOfSession = 2_000
    /// Of notes as they are stored.
    public var bytesOfSession = 64 << 20
    public var notesOfNode = 50_000
    public var partsOfSession = 64
    /// Jobs that write takes at the same time.
    public var jobs = 32
    public var takesOfJob = 16
    public var barsOfTake = 64
    public var connections = 256
    /// The last bar that music may begin in.
    public var lastBar = 10_000
    /// Seconds of a piece that is turned into sound.
    public var secondsOfSound = 1_800.0

    public init() {}
}
