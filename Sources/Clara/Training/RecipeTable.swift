/// A table of a recipe's TOML file, all of whose keys may be left out.
protocol RecipeTable: Decodable {
    /// With the values of the keys that are left out.
    init()
    static var keys: [RecipeKey<Self>] { get }
}

extension RecipeTable {
    init(from decoder: any Decoder) throws {
        self.init()
        let values = try decoder.container(keyedBy: RecipeKeyName.self)
        for key in Self.keys where values.contains(key.name) { try key.read(values, &self) }
    }
}

/// A key of a table, and where its value goes.
struct RecipeKey<Table> {
    fileprivate typealias Values = KeyedDecodingContainer<RecipeKeyName>

    fileprivate let name: RecipeKeyName
    fileprivate let read: (Values, inout Table) throws -> Void

    init<Value: Decodable>(_ name: String, _ place: WritableKeyPath<Table, Value>) {
        self.init(name) { values, table, name in
            table[keyPath: place] = try values.decode(Value.self, forKey: name)
        }
    }

    /// A number may be written without a point.
    init(_ name: String, _ place: WritableKeyPath<Table, Double>) {
        self.init(name) { values, table, name in
            table[keyPath: place] = try Self.number(values, name)
        }
    }

    init(_ name: String, _ place: WritableKeyPath<Table, Double?>) {
        self.init(name) { values, table, name in
            table[keyPath: place] = try Self.number(values, name)
        }
    }

    private static func number(_ values: Values, _ name: RecipeKeyName) throws -> Double {
        let whole = try? values.decode(Int.self, forKey: name)
        return try whole.map { Double($0) } ?? values.decode(Double.self, forKey: name)
    }

    private init(
        _ text: String, _ read: @escaping (Values, inout Table, RecipeKeyName) throws -> Void
    ) {
        let name = RecipeKeyName(stringValue: text)
        self.name = name
        self.read = { try read($0, &$1, name) }
    }
}

private struct RecipeKeyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A key that a kind of network, schedule or average has no use for.
struct MisplacedKey: Error, CustomStringConvertible {
    let key: String
    /// The key that names the kind, and which it names.
    let kindKey: String
    let kind: String

    var description: String {
        "\(key) has no meaning for \(kindKey) “\(kind)”; leave it out, or name another kind"
    }

    /// Throws for the first of the keys that is given, in a recipe for a published benchmark.
    static func refuse(
        _ keys: KeyValuePairs<String, Any?>, forBenchmark benchmark: String
    ) throws(MisplacedKey) {
        for (key, value) in keys where value != nil {
            throw MisplacedKey(key: key, kindKey: "benchmark", kind: benchmark)
        }
    }

    /// Throws for the first of the keys that is given: that has a value.
    ///
    /// - Parameter table: in which the kind stands, and the keys, unless they name another.
    static func refuse(
        _ keys: KeyValuePairs<String, Any?>, in table: String, ofKind kind: String
    ) throws(MisplacedKey) {
        for (key, value) in keys where value != nil {
            throw MisplacedKey(
                key: key.contains(".") ? key : "\(table).\(key)", kindKey: "\(table).kind",
                kind: kind)
        }
    }
}
