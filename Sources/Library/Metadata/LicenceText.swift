/// The names of licences in texts.
enum LicenceText {
    /// The licence that `text` is or names, such as “CC BY-SA 3.0 DE” or “MIT”; nil where it names none
    /// that is known, or several.
    static func name(in text: String) -> String? {
        let names = names(in: text)
        return names.count == 1 ? names.first : nil
    }

    private static func names(in text: String) -> Set<String> {
        let text = text.lowercased()
        var names: Set<String> = []
        let link =
            #/creativecommons\.org/licen[cs]es/(?<kind>by[a-z-]*)/(?<number>[0-9.]*[0-9])(?:/(?<land>[a-z]{2})\b)?/#
        for match in text.matches(of: link) {
            names.insert(
                creativeCommons(match.kind, match.number, land: match.land ?? ""))
        }
        let name =
            #/\bcc[ -](?<kind>by(?:-(?:nc|sa|nd))*)[ -](?<number>[0-9]\.[0-9])(?: (?<land>de|us|uk)\b)?/#
        for match in text.matches(of: name) {
            names.insert(creativeCommons(match.kind, match.number, land: match.land ?? ""))
        }
        if text.contains("cc0") || text.contains("publicdomain/zero") { names.insert("CC0 1.0") }
        if text.contains(#/\bmit licen[cs]e/#) { names.insert("MIT") }
        if names.isEmpty, text.contains("public domain") { names.insert("public domain") }
        return names
    }

    private static func creativeCommons(
        _ kind: Substring, _ number: Substring, land: Substring
    ) -> String {
        let words = ["CC", kind.uppercased(), String(number), land.uppercased()]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A notice such as “Copyright © 2001 by Bernd Krueger” or “(c) 1999 J. Doe”.
    static func isCopyrightNotice(_ text: String) -> Bool {
        let text = text.lowercased()
        return text.contains("copyright") || text.contains("©") || text.hasPrefix("(c)")
    }
}
