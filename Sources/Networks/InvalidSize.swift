/// Why no network can have such sizes.
package struct InvalidSize: Error, Hashable, CustomStringConvertible {
    package let description: String

    private init(_ description: String) { self.description = "network: \(description)" }

    init(name: String, value: Int, legal: String) {
        self.init("\(name) is \(value), but must be \(legal)")
    }

    static let scoresWithoutRoom = InvalidSize(
        "it has no tokens or no contexts for what it scores")

    /// Throws for the first size that is not at least 1 and at most its limit, or for more contexts than 65,536.
    static func check(
        _ sizes: [(name: String, value: Int, limit: Int)], contexts: Int
    ) throws(InvalidSize) {
        for (name, value, limit) in sizes where !(1...limit).contains(value) {
            throw InvalidSize(name: name, value: value, legal: "1…\(limit)")
        }
        guard (0...65_536).contains(contexts) else {
            throw InvalidSize(name: "contexts", value: contexts, legal: "0…65536")
        }
    }
}
