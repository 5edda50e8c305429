import Files

/// A MIDI file that was collected, and where it comes from.
package struct CollectedPiece: Hashable, Sendable, Codable {
    /// Its name in the folder.
    package let file: String
    /// The address asked for, before redirects.
    package let source: String
    /// ISO 8601, in UTC.
    package let collected: String
    package let title: String
    package let licence: String

    /// Columns of `metadata.csv`, in the order of `row`.
    private static let columns = ["file", "source", "collected", "title", "licence"]

    /// The table of a collection (RFC 4180, lines ended by a line feed).
    static func table(_ pieces: [CollectedPiece]) -> String {
        let rows = pieces.map { [$0.file, $0.source, $0.collected, $0.title, $0.licence] }
        return ([columns] + rows).map(CSVRow.text).joined()
    }
}
