import Files
import SwiftCSV

/// A table beside the music, `metadata.csv`, with a row for each file.
///
/// Which columns there are differs from collection to collection; those known here are read, under any
/// of their names, and others are left alone.
struct SidecarTable {
    static let fileName = "metadata.csv"
    private static let limit = 64 << 20

    /// By the file's path from the folder of the table.
    private(set) var facts: [String: PieceFacts] = [:]

    /// - Throws: `FileError` or SwiftCSV's error where the file cannot be read, or is no table.
    init(contentsOf path: String) throws {
        let bytes = try WholeFile.bytes(of: path, limit: Self.limit)
        try self.init(String(decoding: bytes, as: UTF8.self))
    }

    init(_ text: String) throws {
        // Spreadsheets begin their files with a byte order mark.
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let table = try CSV<Enumerated>(string: text, loadColumns: false)
        let columns = Columns(table.header)
        for row in table.rows {
            guard let file = columns.value(of: .file, in: row) else { continue }
            facts[Self.normalised(file)] = columns.facts(of: row)
        }
    }

    private static func normalised(_ path: String) -> String {
        path.replacing("\\", with: "/").split(separator: "/").filter { $0 != "." }
            .joined(separator: "/")
    }
}

/// Where in a row what stands.
private struct Columns {
    enum Name: CaseIterable {
        case file, composer, performer, title, set, opus, style, year, source, licence

        var spellings: [String] {
            switch self {
            case .file: ["file", "midi", "path", "filename", "midi_filename"]
            case .composer: ["composer", "canonical_composer"]
            case .performer: ["performer", "artist"]
            case .title: ["title", "canonical_title", "name"]
            case .set: ["set", "collection"]
            case .opus: ["opus"]
            case .style: ["style", "genre"]
            case .year: ["year"]
            case .source: ["source", "url"]
            case .licence: ["licence", "license"]
            }
        }
    }

    private var places: [Name: Int] = [:]

    init(_ header: [String]) {
        let titles = header.map { SearchText.words(of: $0, keeping: "_").joined() }
        for name in Name.allCases {
            places[name] = name.spellings.lazy.compactMap { titles.firstIndex(of: $0) }.first
        }
    }

    /// Nil where the row has none.
    func value(of name: Name, in row: [String]) -> String? {
        guard let place = places[name], place < row.count else { return nil }
        let value = row[place].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return value.isEmpty ? nil : value
    }

    func facts(of row: [String]) -> PieceFacts {
        PieceFacts(
            composer: value(of: .composer, in: row).map(ComposerName.normalised),
            performer: value(of: .performer, in: row), title: title(in: row),
            styles: value(of: .style, in: row).map { [$0.lowercased()] } ?? [],
            year: value(of: .year, in: row).flatMap { Int($0.prefix(4)) },
            source: value(of: .source, in: row), licence: value(of: .licence, in: row))
    }

    /// “Winterreise, D.911: 5 Der Lindenbaum”, “Mazurka No. 4, Op. 6”.
    private func title(in row: [String]) -> String? {
        guard var title = value(of: .title, in: row) else { return value(of: .set, in: row) }
        if !title.contains(" ") { title.replace("_", with: " ") }
        if let set = value(of: .set, in: row), !title.contains(set) { title = "\(set): \(title)" }
        if let opus = value(of: .opus, in: row), !title.contains(opus) {
            title = (title.hasSuffix(".") ? String(title.dropLast()) : title) + ", " + opus
        }
        return title
    }
}
