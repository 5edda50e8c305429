/// Changes a few bytes of a file at random.
enum Mutation {
    /// Bytes that mean something to a reader.
    private static let telling: [UInt8] = [0, 0x2F, 0x7F, 0x80, 0xF0, 0xF7, 0xFF]

    static func mutated(_ whole: [UInt8], using random: inout Splitmix) -> [UInt8] {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: index)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            case 2: bytes[index] = telling.randomElement(using: &random) ?? 0
            default: bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014.
struct Splitmix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
