/// How fast music goes.
public struct Tempo: Hashable, Sendable {
    /// 4…1,000
    public let quartersPerMinute: Double

    /// 120 quarter notes a minute.
    public static let standard = Tempo(unchecked: 120)

    /// - Throws: when the number is not in 4…1,000, what a MIDI file can hold and an ear can follow.
    public init(quartersPerMinute: Double) throws(TempoError) {
        guard (4...1000).contains(quartersPerMinute) else {
            throw TempoError(quartersPerMinute: quartersPerMinute)
        }
        self.quartersPerMinute = quartersPerMinute
    }

    private init(unchecked quartersPerMinute: Double) { self.quartersPerMinute = quartersPerMinute }

    var microsecondsPerQuarter: Int { Int((60e6 / quartersPerMinute).rounded()) }
}

/// A number that is no tempo.
public struct TempoError: Error, Hashable, CustomStringConvertible {
    public let quartersPerMinute: Double

    public var description: String {
        "\(quartersPerMinute) is no tempo; give 4 to 1000 quarter notes a minute"
    }
}
