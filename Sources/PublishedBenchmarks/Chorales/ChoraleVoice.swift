/// What one voice has had: a rest is 0, else a number from 1 for a pitch.
struct ChoraleVoice: Sendable {
    /// Of every step of which this voice is written.
    private(set) var values: [UInt8] = []
    /// How many steps it has had its latest value.
    private(set) var span = 0
    /// Its values before the latest one, the last first, without repetitions.
    private(set) var former: [UInt8] = []

    var latest: UInt8? { values.last }

    /// The value so many steps before the one that is written next, at least 1.
    func value(stepsAgo steps: Int) -> UInt8? {
        values.count >= steps ? values[values.count - steps] : nil
    }

    mutating func append(_ value: UInt8) {
        if let latest, latest != value {
            former.insert(latest, at: 0)
            if former.count > ChoraleFeatures.formerCount { former.removeLast() }
            span = 0
        }
        span += 1
        values.append(value)
    }

    mutating func reset() {
        values.removeAll(keepingCapacity: true)
        former.removeAll(keepingCapacity: true)
        span = 0
    }
}
