import Score

/// An event that is about the music, or for people, and not sent to instruments.
public struct MetaEvent: Hashable, Sendable {
    /// 0…255; 1…15 are texts.
    public let type: UInt8
    public let data: ArraySlice<UInt8>

    static let endOfTrack: UInt8 = 0x2F

    /// Returns nil for End of Track, which every `EventTrack` has, and for more than 2²⁸ − 1 bytes.
    public init?(type: UInt8, data: ArraySlice<UInt8>) {
        guard type != Self.endOfTrack, data.count <= EventBytes.longestNumber else { return nil }
        self.init(scanned: type, data)
    }

    init(scanned type: UInt8, _ data: ArraySlice<UInt8>) {
        self.type = type
        self.data = data
    }

    /// Which of the texts it is; nil where it is none.
    public var textKind: TextKind? { TextKind(rawValue: type) }

    /// What a text is for.
    public enum TextKind: UInt8, Hashable, Sendable, CaseIterable {
        case text = 1
        case copyright, trackName, instrument, lyric, marker, cue, program, device
    }

    /// The microseconds of a quarter note, where it is a tempo and a possible one.
    public var microsecondsPerQuarter: Int? {
        guard type == 0x51, data.count >= 3 else { return nil }
        let length = data.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        return length > 0 ? length : nil
    }

    /// The meter, where it is one and a possible one.
    public var meter: Meter? {
        guard type == 0x58, data.count >= 2 else { return nil }
        let power = data[data.startIndex + 1]
        return power <= 6 ? Meter(Int(data[data.startIndex]), 1 << Int(power)) : nil
    }

    /// The key, where it is one and a possible one.
    public var key: KeySignature? {
        guard type == 0x59, data.count >= 2, data[data.startIndex + 1] <= 1 else { return nil }
        return KeySignature(
            sharps: Int(Int8(bitPattern: data[data.startIndex])),
            mode: data[data.startIndex + 1] == 0 ? .major : .minor)
    }
}
