import Foundation
import GRDB
import Score

/// Which pieces of a library are meant. All that is said must hold; of several values for one thing
/// any will do. A query that says nothing means all pieces.
package struct PieceQuery: Hashable, Sendable {
    /// Words are found from their beginning: “chop” finds Chopin.
    package var composers: [String] = []
    package var performers: [String] = []
    package var titles: [String] = []
    package var styles: [String] = []
    /// Found in General MIDI's names and in what the files call their parts.
    package var instruments: [String] = []
    package var keys: [KeyQuery] = []
    package var meters: [Meter] = []
    /// Whole words: “CC BY” does not find CC BY-SA.
    package var licences: [String] = []
    /// Folders or files, from the root of the file system.
    package var places: [String] = []
    package var seconds: ClosedRange<Double>?
    package var notes: ClosedRange<Int>?
    package var years: ClosedRange<Int>?

    package init() {}

    /// A folder or file, wherever it is named from, as pieces' paths begin: links are followed.
    package static func place(_ path: String) -> String {
        MusicFolder.wholePath(path) ?? URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// In the order of composers and titles.
    var request: QueryInterfaceRequest<Piece> {
        var request = Piece.all()
        for condition in conditions { request = request.filter(literal: condition) }
        return request.order(
            literal: "folded(ifnull(composer, performer)) IS NULL, "
                + "folded(ifnull(composer, performer)), folded(title), path")
    }

    private var conditions: [SQL] {
        var conditions = [
            Self.anyOf(composers) { Self.words(of: $0, in: "composer") },
            Self.anyOf(performers) { Self.words(of: $0, in: "performer") },
            Self.anyOf(titles) { Self.words(of: $0, in: "title") },
            Self.anyOf(styles) { Self.words(of: $0, in: "style") },
            Self.anyOf(instruments) { name in
                let (program, part) = (
                    Self.words(of: name, in: "instruments"), Self.words(of: name, in: "parts")
                )
                return "(\(program) OR \(part))"
            },
            Self.anyOf(licences) { name in
                let pattern = "%" + SearchText.foldedLicence(name) + "%"
                return "foldedLicence(licence) LIKE \(pattern)"
            },
            Self.anyOf(keys) { "key IN \($0.names)" },
            Self.anyOf(meters) { "meter = \($0.description)" },
            Self.anyOf(places) { place in
                // By length, as % and _ in a folder's name would mean something to LIKE.
                let folder = place.hasSuffix("/") ? place : place + "/"
                return
                    "(path = \(place) OR substr(path, 1, \(folder.unicodeScalars.count)) = \(folder))"
            },
        ].compactMap(\.self)
        if let seconds { conditions.append(Self.within(seconds, "seconds")) }
        if let notes { conditions.append(Self.within(notes, "notes")) }
        if let years { conditions.append(Self.within(years, "year")) }
        return conditions
    }

    private static func anyOf<Value>(_ values: [Value], _ condition: (Value) -> SQL) -> SQL? {
        guard let first = values.first else { return nil }
        let all = values.dropFirst().reduce(condition(first)) { "\($0) OR \(condition($1))" }
        return "(\(all))"
    }

    /// That each word of `text` is one in the column, or begins one.
    private static func words(of text: String, in column: String) -> SQL {
        let words = SearchText.folded(text).split(separator: " ")
        guard !words.isEmpty else { return "0" }
        return words.reduce("1") { condition, word in
            "\(condition) AND folded(\(sql: column)) LIKE \("% \(word)%")"
        }
    }

    private static func within<Bound: DatabaseValueConvertible & Sendable>(
        _ range: ClosedRange<Bound>, _ column: String
    ) -> SQL {
        "\(sql: column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    }
}
