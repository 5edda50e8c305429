/// What a synthesizer is told, and when: the events of a piece in seconds.
public struct Performance: Sendable {
    /// Something that happens on a channel. Numbers are those of MIDI, 0…127 and a bend 0…16,383.
    public enum Message: Hashable, Sendable {
        /// A velocity of 1…127.
        case strike(channel: UInt8, key: UInt8, velocity: UInt8)
        case release(channel: UInt8, key: UInt8)
        case controller(channel: UInt8, number: UInt8, value: UInt8)
        case program(channel: UInt8, number: UInt8)
        /// Aftertouch of the whole channel.
        case pressure(channel: UInt8, value: UInt8)
        /// Aftertouch of one key.
        case keyPressure(channel: UInt8, key: UInt8, value: UInt8)
        case bend(channel: UInt8, value: UInt16)
    }

    public struct Event: Hashable, Sendable {
        /// From the start of the piece, never negative.
        public let seconds: Double
        public let message: Message

        public init(seconds: Double, message: Message) {
            precondition(seconds >= 0, "nothing sounds before the start")
            self.seconds = seconds
            self.message = message
        }
    }

    /// The channel whose keys are drums.
    public static let drums: UInt8 = 9
    /// What is shown for it in errors, such as its path.
    public let name: String
    /// In order of time; what happens at once, in the order in which it takes effect.
    public let events: [Event]

    /// - Parameter events: in any order; those of one time keep theirs.
    public init(named name: String, events: [Event]) {
        self.name = name
        let isSorted = zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds }
        // Swift's sort is stable.
        self.events = isSorted ? events : events.sorted { $0.seconds < $1.seconds }
    }

    /// When the last event happens.
    public var seconds: Double { events.last?.seconds ?? 0 }

    /// Whether anything is struck.
    public var hasNotes: Bool {
        events.contains { if case .strike = $0.message { true } else { false } }
    }
}
