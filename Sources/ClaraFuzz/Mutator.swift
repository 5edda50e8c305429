import Tensors

/// Damages bytes at random, in ways that are likely to reach deep into a reader of MIDI files.
struct Mutator {
    private var random: SeededGenerator

    /// Bytes that mean something: ends of numbers, statuses, meta and system events.
    private static let telling: [UInt8] = [
        0, 1, 0x2F, 0x40, 0x51, 0x58, 0x7F, 0x80, 0x90, 0xB0, 0xC0, 0xE0, 0xF0, 0xF2, 0xF7, 0xFF,
    ]
    /// Numbers at which lengths and sums go wrong.
    private static let edges: [UInt32] = [
        0, 1, 0x7F, 0x80, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
    ]
    /// No case grows beyond this: what matters shows in small files.
    private static let longest = 1 << 16

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One of `seeds`, damaged in one to eight places.
    mutating func mutation(of seeds: [[UInt8]]) -> [UInt8] {
        var bytes = seeds[pick(seeds.count)]
        for _ in 0...pick(8) {
            if bytes.isEmpty { bytes = [0] }
            change(&bytes, seeds: seeds)
        }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], seeds: [[UInt8]]) {
        let index = pick(bytes.count)
        switch pick(10) {
        case 0: bytes[index] = UInt8(pick(256))
        case 1: bytes[index] ^= 1 << UInt8(pick(8))
        case 2: bytes[index] = Self.telling[pick(Self.telling.count)]
        case 3: bytes.remove(at: index)
        case 4: bytes.insert(Self.telling[pick(Self.telling.count)], at: index)
        case 5: bytes.removeSubrange(stretch(of: bytes))
        case 6: insert(Array(bytes[stretch(of: bytes)]), into: &bytes)
        case 7:
            let other = seeds[pick(seeds.count)]
            if !other.isEmpty { insert(Array(other[stretch(of: other)]), into: &bytes) }
        case 8: bytes.removeLast(bytes.count - index)
        default: overwrite(&bytes, at: index, with: Self.edges[pick(Self.edges.count)])
        }
    }

    private mutating func insert(_ stretch: [UInt8], into bytes: inout [UInt8]) {
        guard bytes.count + stretch.count <= Self.longest else { return }
        bytes.insert(contentsOf: stretch, at: pick(bytes.count + 1))
    }

    /// Big-endian, as chunk lengths are; cut off where the bytes end.
    private func overwrite(_ bytes: inout [UInt8], at index: Int, with number: UInt32) {
        for place in 0..<4 where index + place < bytes.count {
            bytes[index + place] = UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(place)))
        }
    }

    private mutating func stretch(of bytes: [UInt8]) -> Range<Int> {
        let start = pick(bytes.count)
        return start..<min(bytes.count, start + 1 + pick(64))
    }

    /// 0 ..< count
    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
}
