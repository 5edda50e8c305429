/// The events of one track as they grow.
struct EventBytes {
    /// The largest number of four variable-length bytes.
    static let longestNumber = 0x0FFF_FFFF

    private var bytes: [UInt8] = []
    private var tick = 0

    /// Adds an event at `tick`, not before the last one.
    mutating func add(_ event: some Collection<UInt8>, at tick: Int) {
        while tick - self.tick > Self.longestNumber {
            // An empty text in between, since one delta time cannot say so much.
            addNumber(Self.longestNumber)
            bytes += [0xFF, 0x01, 0]
            self.tick += Self.longestNumber
        }
        addNumber(tick - self.tick)
        bytes += event
        self.tick = tick
    }

    /// Adds a meta event; data past what a length can say (256 MiB) are left out.
    mutating func addMeta(_ type: UInt8, _ data: some Collection<UInt8>, at tick: Int) {
        add([0xFF, type], at: tick)
        addCounted(data)
    }

    /// Adds a system exclusive (F0) or an escape (F7); data past what a length can say are left out.
    mutating func addExclusive(_ status: UInt8, _ data: some Collection<UInt8>, at tick: Int) {
        add(CollectionOfOne(status), at: tick)
        addCounted(data)
    }

    private mutating func addCounted(_ data: some Collection<UInt8>) {
        let data = data.prefix(Self.longestNumber)
        addNumber(data.count)
        bytes += data
    }

    private mutating func addNumber(_ value: Int) {
        for shift in [21, 14, 7] where value >> shift > 0 {
            bytes.append(UInt8(value >> shift & 0x7F) | 0x80)
        }
        bytes.append(UInt8(value & 0x7F))
    }

    /// All bytes with End of Track, at `end` or at the last event where that is later, and its tick.
    mutating func ended(at end: Int) -> (bytes: [UInt8], tick: Int) {
        addMeta(MetaEvent.endOfTrack, [], at: max(tick, end))
        return (bytes, tick)
    }

    /// The chunk, ended at `end`, or at the last event where that is later.
    mutating func chunk(endingAt end: Int) -> [UInt8] {
        let (bytes, _) = ended(at: end)
        return FileBytes.track + Self.number(bytes.count, length: 4) + bytes
    }

    static func number(_ value: Int, length: Int) -> [UInt8] {
        (0..<length).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
