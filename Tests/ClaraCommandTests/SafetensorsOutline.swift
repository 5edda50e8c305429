import Foundation
import Testing

/// A safetensors file as its specification describes it, read apart from Clara's own reader: eight
/// bytes of header length, little-endian; a JSON header; the tensors' bytes.
struct SafetensorsOutline {
    let header: [String: Any]
    let weights: Data
    private let headerBytes: Data

    init(_ file: Data) throws {
        let bytes = [UInt8](file)
        try #require(bytes.count > 8)
        let length = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        try #require(length <= bytes.count - 8)
        headerBytes = Data(bytes[8..<8 + length])
        weights = Data(bytes[(8 + length)...])
        header = try #require(
            try JSONSerialization.jsonObject(with: headerBytes) as? [String: Any])
    }

    init(path: String) throws {
        try self.init(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    var metadata: [String: String] {
        get throws { try #require(header["__metadata__"] as? [String: String]) }
    }

    /// The same file, with another version in the metadata's `clara.format`.
    func replacingVersion(by version: String) throws -> Data {
        let text = String(decoding: headerBytes, as: UTF8.self)
        let pattern = try Regex(#""clara\.format"\s*:\s*"[^"]*""#)
        try #require(text.contains(pattern), "no clara.format in the metadata")
        var header = Data(
            text.replacing(pattern, with: #""clara.format":"\#(version)""#).utf8)
        header += Data(repeating: 0x20, count: -header.count & 7)
        var length = UInt64(header.count).littleEndian
        return Data(bytes: &length, count: 8) + header + weights
    }
}
