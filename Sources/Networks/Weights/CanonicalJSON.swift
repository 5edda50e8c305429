import Foundation

extension JSONEncoder {
    /// The value as JSON without spaces, its keys in alphabetical order: equal values give equal text,
    /// as metadata of files that are compared.
    package static func canonicalText(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
