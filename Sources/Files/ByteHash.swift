/// Hashes of bytes, byte for byte, as sixteen hexadecimal digits.
package enum ByteHash {
    package static func of(_ text: String) -> String { of(Array(text.utf8)) }

    package static func of(_ bytes: [UInt8]) -> String {
        var hash = FNV1a()
        for byte in bytes { hash.combine(UInt64(byte)) }
        return hash.digits
    }
}
