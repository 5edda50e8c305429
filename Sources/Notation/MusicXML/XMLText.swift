/// XML as it is written: elements opened and closed, two spaces a level.
struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var open: [String] = []

    /// An element with what `content` writes into it.
    mutating func element(
        _ name: String, _ attributes: [(String, String)] = [],
        content: (inout XMLText) -> Void
    ) {
        begin(name, attributes)
        text += ">\n"
        open.append(name)
        content(&self)
        open.removeLast()
        indent()
        text += "</\(name)>\n"
    }

    /// An element with nothing but text, or with nothing.
    mutating func leaf(
        _ name: String, _ attributes: [(String, String)] = [], _ value: String? = nil
    ) {
        begin(name, attributes)
        text += value.map { ">\(Self.escaped($0))</\(name)>\n" } ?? "/>\n"
    }

    mutating func leaf(_ name: String, _ value: Int) { leaf(name, [], String(value)) }

    /// A line that stands as it is, such as the document type.
    mutating func line(_ line: String) { text += line + "\n" }

    private mutating func begin(_ name: String, _ attributes: [(String, String)]) {
        indent()
        text += "<\(name)"
        for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    }

    private mutating func indent() {
        for _ in open { text += "  " }
    }

    /// Without the characters that XML 1.0 has no place for.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
