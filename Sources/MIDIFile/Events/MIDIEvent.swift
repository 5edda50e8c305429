import Score

/// An event of a MIDI file.
public enum MIDIEvent: Hashable, Sendable {
    case channel(ChannelMessage)
    case meta(MetaEvent)
    /// A system exclusive (F0) as it follows its length: without the F0, and with its F7 where it
    /// ends here.
    case exclusive(ArraySlice<UInt8>)
    /// Bytes to be sent as they are (F7): the further packets of a system exclusive, or any others.
    case escape(ArraySlice<UInt8>)
}

/// An event and when it happens.
public struct TimedEvent: Hashable, Sendable {
    /// Since the start of its track.
    public let tick: Ticks
    public let event: MIDIEvent

    public init(tick: Ticks, event: MIDIEvent) {
        precondition(tick >= .zero, "an event cannot lie before time zero")
        self.tick = tick
        self.event = event
    }
}

/// A message to one of sixteen channels.
public struct ChannelMessage: Hashable, Sendable {
    /// The upper half of the status byte.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case noteOff = 0x80
        case noteOn = 0x90
        case keyPressure = 0xA0
        case controller = 0xB0
        case program = 0xC0
        case channelPressure = 0xD0
        case pitchBend = 0xE0

        /// 1 or 2.
        public var dataCount: Int { self == .program || self == .channelPressure ? 1 : 2 }
    }

    public let kind: Kind
    /// 0…15; drums play on 9.
    public let channel: UInt8
    /// 0…127: a key, a controller, a program, a pressure, or the lower half of a pitch bend.
    public let first: UInt8
    /// 0…127: a velocity, a value, a pressure, or the upper half of a pitch bend; 0 where the kind has
    /// one data byte only.
    public let second: UInt8

    /// Returns nil where a number is out of its range, or where there are two data of a kind that
    /// has one.
    public init?(_ kind: Kind, channel: UInt8, _ first: UInt8, _ second: UInt8 = 0) {
        guard channel < 16, (first | second) < 0x80, second == 0 || kind.dataCount == 2 else {
            return nil
        }
        self.kind = kind
        self.channel = channel
        self.first = first
        self.second = second
    }

    /// Kind and channel as the byte that begins the message.
    public var status: UInt8 { kind.rawValue | channel }

    /// The data bytes as one number of 14 bits, the second the upper half: how far a pitch bend is from
    /// its lowest, 8,192 being none.
    public var combined: Int { Int(second) << 7 | Int(first) }
}
