/// What a server packs (RFC 1952), by fixed codes only.
enum Gzip {
    /// - Parameter repeats: how often the text's last byte follows it 258 times more; the checksum is
    ///   right for none.
    static func packed(_ text: String, repeats: Int = 0) -> [UInt8] {
        var bits = Bits()
        // The last block, of fixed codes (RFC 1951, 3.2.6).
        bits.append(0b110, 3)
        for byte in text.utf8 {
            byte < 144 ? bits.append(0x30 + UInt32(byte), 8) : bits.append(256 + UInt32(byte), 9)
        }
        for _ in 0..<repeats {
            // 258 bytes again, from one byte before.
            bits.append(0b1100_0101, 8)
            bits.append(0, 5)
        }
        bits.append(0, 7)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + bits.whole
            + littleEndian(checksum(text.utf8)) + littleEndian(UInt32(text.utf8.count))
    }

    /// Bits in bytes, the lowest of each byte first.
    private struct Bits {
        private var bytes: [UInt8] = []
        private var last: UInt8 = 0
        private var count = 0

        var whole: [UInt8] { count == 0 ? bytes : bytes + [last] }

        /// The highest of the `width` bits first.
        mutating func append(_ code: UInt32, _ width: Int) {
            for bit in (0..<width).reversed() {
                last |= UInt8(code >> UInt32(bit) & 1) << UInt8(count)
                count += 1
                guard count == 8 else { continue }
                bytes.append(last)
                (last, count) = (0, 0)
            }
        }
    }

    /// CRC-32.
    private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
            }
        }
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
