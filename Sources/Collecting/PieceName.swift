/// Names of collected files: what their address calls them, and a hash of their bytes.
enum PieceName {
    /// In bytes, so that no file system refuses a name.
    private static let longest = 100

    /// Letters and digits of any script and `_`; everything else, slashes and leading dots among
    /// them, becomes a hyphen.
    static func of(_ address: WebAddress, digest: String) -> String {
        var stem = address.lastPart
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = String(stem[..<dot]) }
        var name = ""
        for scalar in stem.unicodeScalars {
            let isKept =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar == "_"
            if !isKept, name.isEmpty || name.hasSuffix("-") { continue }
            guard name.utf8.count + UTF8.width(scalar) <= longest else { break }
            name.unicodeScalars.append(isKept ? scalar : "-")
        }
        if name.hasSuffix("-") { name.removeLast() }
        return "\(name.isEmpty ? "piece" : name)-\(digest).mid"
    }
}
