import CKernels
import Files
import Foundation
import Tensors

extension SafetensorsFile {
    /// A tensor to be written.
    package struct Tensor {
        package let name: String
        package let type: ElementType
        package let shape: [Int]
        package let bytes: [UInt8]

        /// `values` row-major, as 32-bit floats, or rounded to 16-bit ones.
        package init(
            name: String, type: ElementType = .float32, shape: [Int],
            values: UnsafeMutableBufferPointer<Float>
        ) {
            precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) ≠ \(shape)")
            precondition(type != .int32, "floats are not written as integers")
            self.name = name
            self.type = type
            self.shape = shape
            if type == .float32 {
                bytes = [UInt8](UnsafeRawBufferPointer(values))
            } else {
                bytes = values.baseAddress.map { Self.half($0, count: values.count) } ?? []
            }
        }

        package init(name: String, shape: [Int], values: [Int32]) {
            precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) ≠ \(shape)")
            self.name = name
            type = .int32
            self.shape = shape
            bytes = values.withUnsafeBytes { [UInt8]($0) }
        }

        private static func half(_ values: UnsafeMutablePointer<Float>, count: Int) -> [UInt8] {
            var rounded = [UInt16](repeating: 0, count: count)
            clara_half_from_float(&rounded, values, count)
            return rounded.withUnsafeBytes { [UInt8]($0) }
        }
    }

    /// Writes beside `path`, then renames: the file is whole or not there. Equal content gives equal
    /// bytes.
    package static func write(
        _ tensors: [Tensor], metadata: [String: String], to path: String
    ) throws(SafetensorsError) {
        var offset = 0
        var fields = ["\"__metadata__\":\(json(metadata))"]
        for tensor in tensors {
            let end = offset + tensor.bytes.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            fields.append(
                "\(json(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Array("{\(fields.joined(separator: ","))}".utf8)
        // Spaces bring the data to a multiple of 64 bytes, a cache line.
        header += repeatElement(0x20, count: (64 - (8 + header.count) % 64) % 64)
        var file = withUnsafeBytes(of: UInt64(header.count).littleEndian) { [UInt8]($0) }
        file.reserveCapacity(8 + header.count + offset)
        file += header
        for tensor in tensors { file += tensor.bytes }
        do {
            try WholeFile.save(file, to: path)
        } catch {
            throw .unwritable(path: path, reason: "\(error)")
        }
    }

    private static func json(_ value: some Encodable) -> String {
        // Text and dictionaries of text can always be encoded.
        guard let text = try? JSONEncoder.canonicalText(value) else {
            preconditionFailure("text is JSON")
        }
        return text
    }
}
