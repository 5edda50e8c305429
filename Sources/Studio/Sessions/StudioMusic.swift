import Score

/// Times as the studio tells them: in quarters from the beginning of the piece, multiples of 1/480.
enum Quarters {
    static let resolution = 480

    static func ticks(_ quarters: Double) -> Int {
        Int((quarters * Double(resolution)).rounded())
    }

    static func quarters(_ ticks: Ticks) -> Double { Double(ticks.count) / Double(resolution) }
}

/// A note as it is sent and stored.
public struct StudioNote: Codable, Hashable, Sendable {
    /// A MIDI note number, 0…127.
    public var pitch: Int
    /// In quarters from the beginning of the piece.
    public var onset: Double
    public var duration: Double
    /// 1…127.
    public var velocity: Int
    /// An index of the session's parts.
    public var part: Int

    public init(pitch: Int, onset: Double, duration: Double, velocity: Int = 80, part: Int = 0) {
        self.pitch = pitch
        self.onset = onset
        self.duration = duration
        self.velocity = velocity
        self.part = part
    }

    private enum CodingKeys: CodingKey { case pitch, onset, duration, velocity, part }

    /// - Throws: `DecodingError`, or `StudioError.badRequest` for a number outside its range; times are
    ///   taken as they are.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        pitch = try container.whole(.pitch, in: 0...127)
        onset = try container.decode(Double.self, forKey: .onset)
        duration = try container.decode(Double.self, forKey: .duration)
        velocity = try container.wholeIfPresent(.velocity, in: 1...127) ?? 80
        part = try container.wholeIfPresent(.part, in: 0...0xFFFF) ?? 0
    }
}

/// A note as it was played, in seconds from the beginning of its passage's first bar.
public struct RawNote: Codable, Hashable, Sendable {
    /// 0…127.
    public var pitch: Int
    public var onset: Double
    public var duration: Double
    /// 0…127.
    public var velocity: Int

    public init(pitch: Int, onset: Double, duration: Double, velocity: Int) {
        self.pitch = pitch
        self.onset = onset
        self.duration = duration
        self.velocity = velocity
    }

    private enum CodingKeys: CodingKey { case pitch, onset, duration, velocity }

    /// - Throws: as that of ``StudioNote``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        pitch = try container.whole(.pitch, in: 0...127)
        onset = try container.decode(Double.self, forKey: .onset)
        duration = try container.decode(Double.self, forKey: .duration)
        velocity = try container.whole(.velocity, in: 0...127)
    }
}

/// A press of the sustain pedal, in quarters.
public struct StudioPedal: Codable, Hashable, Sendable {
    public var down: Double
    public var up: Double
    public var part: Int
}

public struct StudioTempo: Codable, Hashable, Sendable {
    public var onset: Double
    /// Quarters a minute.
    public var tempo: Double
}

public struct StudioMeter: Codable, Hashable, Sendable {
    public var onset: Double
    /// Such as “3/4”.
    public var meter: String
}

/// An instrument of a session.
public struct StudioPart: Codable, Hashable, Sendable {
    public var name: String
    /// General MIDI, 0…127.
    public var program: Int
    /// Whether pitches mean drums.
    public var drums: Bool

    public init(name: String, program: Int, drums: Bool = false) {
        self.name = name
        self.program = program
        self.drums = drums
    }

    private enum CodingKeys: CodingKey { case name, program, drums }

    /// - Throws: as that of ``StudioNote``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
        program = try container.whole(.program, in: 0...127)
        drums = try container.decodeIfPresent(Bool.self, forKey: .drums) ?? false
    }

    static let piano = StudioPart(name: "Piano", program: 0)
}

/// The music that a node brings.
public struct NodeMusic: Codable, Hashable, Sendable {
    public var notes: [StudioNote] = []
    public var pedals: [StudioPedal] = []
    public var tempos: [StudioTempo] = []
    public var meters: [StudioMeter] = []

    public init(notes: [StudioNote] = [], tempos: [StudioTempo] = []) {
        self.notes = notes
        self.tempos = tempos
    }
}

extension Meter {
    /// Whether the page can show it: 1 to 99 beats of 1, 2, 4, 8, 16 or 32.
    var isShown: Bool { numerator <= 99 && denominator <= 32 }
}
