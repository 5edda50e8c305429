import Files
import Foundation
import Tensors

/// A file of named tensors and text metadata, memory-mapped.
///
/// The format (huggingface/safetensors): eight bytes little-endian, the header's length; a JSON
/// header of names → dtype, shape, data_offsets and `__metadata__` (text to text); the data.
/// Immutable, so that any number of decoders share one mapping.
package struct SafetensorsFile: Sendable {
    package enum ElementType: String, Sendable {
        case float32 = "F32"
        case float16 = "F16"
        case int32 = "I32"

        /// Bytes of one element.
        package var size: Int { self == .float16 ? 2 : 4 }
    }

    /// Where a tensor lies in the file.
    package struct Entry: Hashable, Sendable {
        package let type: String
        package let shape: [Int]
        /// From the start of the file, in bytes.
        package let bytes: Range<Int>
    }

    package let path: String
    package let metadata: [String: String]
    package let entries: [String: Entry]
    private let mapping: MappedFile

    /// Maps the file at `path` and checks its header: every tensor lies inside the file and is as
    /// long as its shape says.
    package init(path: String) throws(SafetensorsError) {
        do {
            mapping = try MappedFile(path: path)
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        self.path = path
        let data = mapping.bytes
        guard data.count >= 8 else {
            throw .notSafetensors(
                path: path, reason: "\(data.count) bytes are too few for a header")
        }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= 100_000_000 else {
            throw .notSafetensors(
                path: path, reason: "a header of \(length) bytes is not plausible")
        }
        let start = 8 + Int(length)
        guard start <= data.count else {
            throw .truncated(path: path, expectedBytes: start, foundBytes: data.count)
        }
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(data[8..<start]))
        } catch {
            throw .notSafetensors(path: path, reason: "its header is not the JSON it should be")
        }
        metadata = header.metadata
        entries = try Self.locate(header.tensors, from: start, size: data.count, path: path)
    }

    private static func locate(
        _ tensors: [String: Header.Tensor], from start: Int, size: Int, path: String
    ) throws(SafetensorsError) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for (name, tensor) in tensors {
            let offsets = tensor.data_offsets
            guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
                offsets[1] <= Int.max - start
            else {
                throw .notSafetensors(path: path, reason: "tensor “\(name)” has impossible offsets")
            }
            try check(tensor, named: name, path: path)
            entries[name] = Entry(
                type: tensor.dtype, shape: tensor.shape,
                bytes: start + offsets[0]..<start + offsets[1])
        }
        let end = entries.values.map(\.bytes.upperBound).max() ?? start
        guard end <= size else {
            throw .truncated(path: path, expectedBytes: end, foundBytes: size)
        }
        return entries
    }

    private static func check(
        _ tensor: Header.Tensor, named name: String, path: String
    ) throws(SafetensorsError) {
        guard let type = ElementType(rawValue: tensor.dtype) else { return }
        var bytes = type.size
        for size in tensor.shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else {
                throw .notSafetensors(
                    path: path, reason: "tensor “\(name)” has an impossible shape")
            }
            bytes = product
        }
        guard bytes == tensor.data_offsets[1] - tensor.data_offsets[0] else {
            throw .notSafetensors(
                path: path, reason: "tensor “\(name)” is not as long as its shape \(tensor.shape)")
        }
    }

    /// The bytes of a tensor of the given type and shape, valid as long as a copy of this value lives.
    package func bytes(
        of name: String, type: ElementType, shape: [Int]
    ) throws(SafetensorsError) -> UnsafeRawBufferPointer {
        guard let entry = entries[name] else { throw .missingTensor(path: path, name: name) }
        guard entry.type == type.rawValue else {
            throw .wrongType(path: path, name: name, expected: type.rawValue, found: entry.type)
        }
        guard entry.shape == shape else {
            throw .wrongShape(path: path, name: name, expected: shape, found: entry.shape)
        }
        guard entry.bytes.lowerBound % type.size == 0 else {
            throw .notSafetensors(
                path: path, reason: "tensor “\(name)” does not lie on whole elements")
        }
        return UnsafeRawBufferPointer(rebasing: mapping.bytes[entry.bytes])
    }
}

extension SafetensorsFile {
    /// The JSON header.
    private struct Header: Decodable {
        struct Tensor: Decodable {
            let dtype: String
            let shape: [Int]
            let data_offsets: [Int]
        }

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var metadata: [String: String] = [:]
        var tensors: [String: Tensor] = [:]

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Name.self)
            for key in values.allKeys {
                if key.stringValue == "__metadata__" {
                    metadata = try values.decode([String: String].self, forKey: key)
                } else {
                    tensors[key.stringValue] = try values.decode(Tensor.self, forKey: key)
                }
            }
        }
    }
}

extension SafetensorsFile {
    /// FNV-1a over the whole file's 64-bit words, then over the bytes left, as 16 hexadecimal digits:
    /// tells models apart.
    package var hash: String {
        var hash = FNV1a()
        let words = mapping.bytes.count / 8
        for word in 0..<words {
            let value = mapping.bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)
            hash.combine(UInt64(littleEndian: value))
        }
        for byte in mapping.bytes[(8 * words)...] { hash.combine(UInt64(byte)) }
        return hash.digits
    }
}
