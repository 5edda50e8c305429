/// A number of a request that should be whole, as it came.
///
/// `JSONDecoder` takes all of a text for no JSON where an `Int` is 1.5 or 2^64; so who reads a request
/// takes such a number in, and refuses it by its name.
struct WholeNumber: Decodable, Hashable, Sendable {
    /// Nil where it is not whole, or too large for any range.
    let value: Int?
    private let text: String

    init(_ value: Int) {
        self.value = value
        text = "\(value)"
    }

    /// - Parameter text: of an address.
    init(_ text: String) {
        value = Int(text)
        self.text = "“\(text.prefix(40))”"
    }

    /// - Throws: `DecodingError` for what is no number.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = try? container.decode(Int.self)
        do {
            text = try value.map { "\($0)" } ?? "\(container.decode(Double.self))"
        } catch let error as DecodingError {
            throw error
        } catch {
            // It is larger than any `Double`.
            text = "so large a number"
        }
    }

    /// - Parameter name: as the request has it.
    /// - Throws: `StudioError.badRequest` where it is not whole, or outside `range`.
    func within(_ range: ClosedRange<Int>, _ name: String) throws(StudioError) -> Int {
        guard let value, range.contains(value) else {
            throw .badRequest(
                "“\(name)” must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound), not \(text).")
        }
        return value
    }
}

extension KeyedDecodingContainer {
    /// A whole number in a range.
    ///
    /// - Throws: `DecodingError` where there is no number, `StudioError.badRequest` for another one.
    func whole(_ key: Key, in range: ClosedRange<Int>) throws -> Int {
        if let value = try? decode(Int.self, forKey: key), range.contains(value) { return value }
        return try decode(WholeNumber.self, forKey: key)
            .within(range, StudioError.name(of: codingPath + [key]))
    }

    /// The same, or nil where there is none.
    func wholeIfPresent(_ key: Key, in range: ClosedRange<Int>) throws -> Int? {
        guard try contains(key) && !decodeNil(forKey: key) else { return nil }
        return try whole(key, in: range)
    }
}
