import Foundation
import GRDB

/// A piece of a library: where its file is, what it is and what it holds.
package struct Piece: Hashable, Sendable, Codable {
    /// Stays the same as long as the piece is in the library; nil before it is.
    package internal(set) var id: Int64?
    /// The file, from the root of the file system.
    package internal(set) var path: String
    /// Bytes of the file.
    package let size: Int64
    /// When the file was last written, in nanoseconds since 1970.
    let modified: Int64
    /// Which way of reading made this; another one makes it again.
    let reading: Int
    /// Of the file's bytes, sixteen hexadecimal digits.
    package let fileHash: String
    /// Of what folders and tables tell of the piece.
    let factsHash: String
    /// Of the notes, the sixteen hexadecimal digits of a `MusicContent`.
    package let content: String

    /// “Surname, Given names”.
    package let composer: String?
    package let performer: String?
    package let title: String
    /// Several with commas between them.
    package let style: String?
    package let year: Int?
    package let source: String?
    package let licence: String?

    /// General MIDI's names in the order of the parts, with commas between them.
    package let instruments: String
    /// What the file calls its parts, likewise.
    package let parts: String?
    /// Such as “E♭ major”; nil without pitched notes.
    package let key: String?
    /// The one that most of the piece is in, such as “3/4”.
    package let meter: String
    package let seconds: Double
    package let bars: Int
    package let notes: Int
    /// Breaches of the specification that were repaired in reading, a line each.
    package let repairs: String

    package internal(set) var added: Date
    /// The number of the first piece of its duplicates; nil where that is not known yet.
    package internal(set) var duplicateGroup: Int64?
}

extension Piece: FetchableRecord, MutablePersistableRecord {
    package static let databaseTableName = "piece"

    package mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

    enum Column {
        static let id = GRDB.Column(CodingKeys.id)
        static let path = GRDB.Column(CodingKeys.path)
        static let fileHash = GRDB.Column(CodingKeys.fileHash)
        static let duplicateGroup = GRDB.Column(CodingKeys.duplicateGroup)
    }
}
