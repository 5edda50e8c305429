import Files

/// Short passages by which the index finds pieces that may be alike: as many moments as it takes to
/// tell something, hashed without their transposition.
///
/// They are taken from the whole outline, from its melody and from its bass, so that what is added to
/// or taken from one of these leaves the others whole.
struct Landmarks {
    /// 2³² · the hash of the passage + the pitch class that it begins on.
    private(set) var values: [UInt64] = []

    /// How much a landmark tells, in sixteenths of a bit.
    private static let enough = 18 * Outline.bit
    private static let longest = 16

    init(_ fingerprint: Fingerprint) {
        let moments = fingerprint.moments
        values.reserveCapacity(moments.count * 3)
        add(moments.map { (Int($0.highest), Int($0.lowest)) }, tag: 1)
        add(moments.filter(\.isMelody).map { (Int($0.highest), Int($0.highest)) }, tag: 2)
        add(moments.filter(\.isBass).map { (Int($0.lowest), Int($0.lowest)) }, tag: 3)
    }

    private mutating func add(_ line: [(Int, Int)], tag: UInt64) {
        for start in line.indices {
            let base = line[start].0
            var hash = SplitMix64.hash(of: tag ^ UInt64((line[start].1 - base + 12) % 12) << 8)
            var told = 0
            var seen: UInt64 = 0
            var index = start + 1
            while index < line.count, index - start < Self.longest, told < Self.enough {
                let (a, b) = (line[index - 1], line[index])
                let code = b.0 * 12 + b.1
                let step = (b.0 - base + 12) % 12 * 12 + (b.1 - base + 12) % 12
                hash = SplitMix64.hash(of: hash ^ UInt64(step))
                let bits = Int(Outline.bits(from: a.0 * 12 + a.1, to: code))
                // A step met before in the passage tells little.
                let mark: UInt64 =
                    1 << (SplitMix64.hash(of: UInt64((a.0 * 12 + a.1) * 144 + code)) >> 58)
                told += seen & mark == 0 ? bits : bits / 4
                seen |= mark
                index += 1
            }
            guard told >= Self.enough else { continue }
            values.append((hash >> 32) << 32 | UInt64(base))
        }
    }
}
